import { classValues, smallerSide, type ClassedSlide } from '../../mil/metrics/index.js';
import { bootstrapIntervals } from '../../mil/metrics/bootstrap.js';
import { againstRest, delongInterval } from '../../mil/statistics/index.js';
import { outputNames } from '../../shared/experiment/classes.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { Random } from '../../shared/random.js';
import type { Estimate } from '../../shared/run/metrics.js';
import type { SlidePrediction } from '../../shared/run/predictions.js';
import type { Pooled } from '../../shared/study/summary.js';

/**
 * AUROC of each set of predictions alone, and of each slide's mean probability over the sets.
 * @param keys what each set is of, in their order.
 */
export function pool(sets: readonly (readonly SlidePrediction[])[], keys: readonly { readonly repeat: number; readonly seed: number }[], patientOf: (slide: string) => string, experiment: Experiment): Pooled {
  const slides = meanOf(sets.flat(), patientOf);
  const names = outputNames(experiment.cohort);
  const ofClass = (of: readonly ClassedSlide[], k: number): Estimate => {
    const one = againstRest(of, k);
    return delongInterval({ labels: one.map(({ label }) => label), patients: one.map(({ patient }) => patient) }, one.map(({ probability }) => probability), experiment.evaluation.ci);
  };
  const each = (auroc: (of: readonly ClassedSlide[]) => number | null): Pooled['each'] => sets.map((set, i) => ({ repeat: keys[i]!.repeat, seed: keys[i]!.seed, auroc: auroc(meanOf(set, patientOf)) }));
  const patients = slides.map(({ patient }) => patient);
  const labels = names.map((_, k) => slides.map(({ classes }) => Number(classes.includes(k))));
  const counts = { slides: slides.length, patients: new Set(patients).size, ...smallerSide(patients, labels) };
  if (names.length === 1) return { ...counts, auroc: ofClass(slides, 0), each: each((of) => ofClass(of, 0).value) };
  return {
    ...counts,
    auroc: meanAuroc(slides, experiment, experiment.evaluation.bootstrap),
    classes: names.map((name, k) => ({ name, slides: slides.filter(({ classes }) => classes.includes(k)).length, ...smallerSide(patients, [labels[k]!]), auroc: ofClass(slides, k) })),
    each: each((of) => meanAuroc(of, experiment, 0).value),
  };
}

/** Mean AUROC over classes, by bootstrap over patients. @param resamples 0: no interval. */
function meanAuroc(slides: readonly ClassedSlide[], { cohort, evaluation, seed }: Experiment, resamples: number): Estimate {
  // No threshold is asked for: an AUROC has none.
  const valuesOf = classValues(slides, { names: outputNames(cohort), exclusive: cohort.separator === '', negative: cohort.negative, threshold: 0.5 });
  const { estimates } = bootstrapIntervals(slides.map(({ patient }) => patient), (indices) => ({ auroc: valuesOf(indices).auroc }), { resamples, level: evaluation.ci, random: new Random(seed).fork('bootstrap') });
  return estimates.auroc;
}

/** Each slide once, with its mean probabilities over the models that scored it: one, or one of each class. */
function meanOf(predictions: readonly SlidePrediction[], patientOf: (slide: string) => string): ClassedSlide[] {
  const bySlide = new Map<string, { classes: readonly number[]; sums: number[]; count: number }>();
  for (const { slide, label, probability, classes, probabilities } of predictions) {
    const own = probabilities ?? [probability];
    const known = bySlide.get(slide);
    bySlide.set(slide, { classes: classes ?? (label === 1 ? [0] : []), sums: known ? known.sums.map((sum, k) => sum + own[k]!) : own, count: (known?.count ?? 0) + 1 });
  }
  return [...bySlide].map(([slide, { classes, sums, count }]) => ({ patient: patientOf(slide), classes, probabilities: sums.map((sum) => sum / count) }));
}
