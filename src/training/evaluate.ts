import { instanceMetrics, slideMetrics } from '../mil/metrics/index.js';
import type { BootstrapOptions } from '../mil/metrics/bootstrap.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { InstanceMetrics, SlideMetrics } from '../shared/run/metrics.js';
import { Random } from '../shared/random.js';
import { crossEntropyOfLogit } from '../mil/losses/index.js';
import type { BagScores } from './scores.js';

/** Slide metrics of scored bags at a threshold that was chosen on validation. `loss`: mean slide cross-entropy, where known. */
export function evaluateSlides(scored: readonly BagScores[], threshold: number, loss: number | null, experiment: Experiment): SlideMetrics {
  const predicted = scored.map(({ bag, probability }) => ({ patient: bag.patient, label: bag.label, probability }));
  return slideMetrics(predicted, threshold, loss, bootstrap(experiment));
}

/** Instance metrics of scored bags; undefined where the cohort has no truth for any of them. */
export function evaluateInstances(scored: readonly BagScores[], experiment: Experiment): InstanceMetrics | undefined {
  if (!scored.some(({ bag }) => bag.truth)) return undefined;
  const slides = scored.map(({ bag, scores }) => ({ patient: bag.patient, label: bag.label, scores, truth: bag.truth }));
  return instanceMetrics(slides, experiment.mining.threshold, bootstrap(experiment));
}

/** Mean cross-entropy of the slide logits. */
export function meanSlideLoss(scored: readonly BagScores[]): number {
  return scored.reduce((sum, { bag, bagLogit }) => sum + crossEntropyOfLogit(bagLogit, bag.label), 0) / scored.length;
}

/** The same resamples whatever ran before, so that equal predictions have equal intervals. */
function bootstrap({ evaluation, seed }: Experiment): BootstrapOptions {
  return { resamples: evaluation.bootstrap, level: evaluation.ci, random: new Random(seed).fork('bootstrap') };
}
