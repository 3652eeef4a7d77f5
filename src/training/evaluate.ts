import { chooseThreshold, classMetrics, instanceMetrics, slideMetrics, type ClassedSlide } from '../mil/metrics/index.js';
import type { BootstrapOptions } from '../mil/metrics/bootstrap.js';
import { classStatistics, slideStatistics } from '../mil/statistics/index.js';
import { outputNames } from '../shared/experiment/classes.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { InstanceMetrics, RunResult, SlideMetrics } from '../shared/run/metrics.js';
import type { SlidePrediction } from '../shared/run/predictions.js';
import type { ClassStatistics, SplitStatistics } from '../shared/run/statistics.js';
import { Random } from '../shared/random.js';
import { crossEntropyOfLogit } from '../mil/losses/index.js';
import { ofOutput, type BagScores } from './scores.js';

/** How the decision threshold is chosen; a half where no slide is negative, for the likeliest class is called then. */
export function thresholdRuleOf({ cohort, evaluation }: Experiment): Experiment['evaluation']['threshold'] {
  return cohort.negative ? evaluation.threshold : 'half';
}

/** The decision threshold that validation chooses by the experiment's rule. */
export function thresholdOf(validation: readonly BagScores[], experiment: Experiment): number {
  const labels = Uint8Array.from(validation, ({ bag }) => bag.label);
  return chooseThreshold(thresholdRuleOf(experiment), labels, Float64Array.from(validation, ({ probability }) => probability));
}

/** Slide metrics of scored bags at a threshold that was chosen on validation. `loss`: mean slide cross-entropy, where known. */
export function evaluateSlides(scored: readonly BagScores[], threshold: number, loss: number | null, experiment: Experiment): SlideMetrics {
  const { cohort } = experiment;
  const names = outputNames(cohort);
  if (names.length > 1) {
    const classed = scored.map((scores) => ({ patient: scores.bag.patient, classes: scores.bag.classes, probabilities: names.map((_, output) => ofOutput(scores, output).probability) }));
    return classMetrics(classed, { names, exclusive: cohort.separator === '', negative: cohort.negative, threshold }, loss, bootstrap(experiment));
  }
  const predicted = scored.map(({ bag, probability }) => ({ patient: bag.patient, label: bag.label, probability }));
  return slideMetrics(predicted, threshold, loss, bootstrap(experiment));
}

/** What is told of test, of patients held out, and of the validation slides that chose the model, beside their metrics. */
export function evaluateStatistics({ validation, test, heldOut }: Predictions, { cohort, evaluation: { ci } }: Experiment): Pick<RunResult, 'statistics' | 'classStatistics'> {
  // Rounds of before wrote no predictions, and without them nothing can be chosen.
  if (validation.length === 0) return {};
  const names = outputNames(cohort);
  if (names.length === 1) {
    const of = (slides: readonly PatientPrediction[]): SplitStatistics => slideStatistics(slides, validation, ci);
    return { statistics: { validation: of(validation), test: of(test), ...(heldOut ? { heldOut: of(heldOut) } : {}) } };
  }
  const chosenOn = validation.map(classed);
  const of = (slides: readonly PatientPrediction[]): ClassStatistics => classStatistics(slides.map(classed), chosenOn, names, ci);
  return { classStatistics: { validation: of(validation), test: of(test), ...(heldOut ? { heldOut: of(heldOut) } : {}) } };
}

/** Of the chosen model, split by split. */
interface Predictions {
  readonly validation: readonly PatientPrediction[];
  readonly test: readonly PatientPrediction[];
  /** Where patients were held out of a cross-validation. */
  readonly heldOut: readonly PatientPrediction[] | undefined;
}

/** A prediction of which the patient is known. */
export type PatientPrediction = SlidePrediction & { readonly patient: string };

function classed({ patient, classes, probabilities }: PatientPrediction): ClassedSlide {
  return { patient, classes: classes!, probabilities: probabilities! };
}

/** Instance metrics of scored bags; undefined where the cohort has no truth for any of them. */
export function evaluateInstances(scored: readonly BagScores[], experiment: Experiment): InstanceMetrics | undefined {
  if (!scored.some(({ bag }) => bag.truth)) return undefined;
  const slides = scored.map(({ bag, scores }) => ({ patient: bag.patient, label: bag.label, scores, truth: bag.truth }));
  return instanceMetrics(slides, experiment.mining.threshold, bootstrap(experiment));
}

/** Mean cross-entropy of the slide logits; over classes too, where there are several. */
export function meanSlideLoss(scored: readonly BagScores[]): number {
  const ofSlide = (scores: BagScores): number => {
    const outputs = scores.classes?.bagLogits.length ?? 1;
    let sum = 0;
    for (let output = 0; output < outputs; output++) sum += crossEntropyOfLogit(ofOutput(scores, output).bagLogit, scores.bag.classes.includes(output) ? 1 : 0);
    return sum / outputs;
  };
  return scored.reduce((sum, scores) => sum + ofSlide(scores), 0) / scored.length;
}

/** The same resamples whatever ran before, so that equal predictions have equal intervals. */
function bootstrap({ evaluation, seed }: Experiment): BootstrapOptions {
  return { resamples: evaluation.bootstrap, level: evaluation.ci, random: new Random(seed).fork('bootstrap') };
}
