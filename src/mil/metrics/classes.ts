import type { Estimate, SlideMetrics } from '../../shared/run/metrics.js';
import { bootstrapIntervals, type BootstrapOptions } from './bootstrap.js';
import { operatingPoints } from './operating-points.js';
import { auroc, averagePrecision } from './ranking.js';

/** A slide, which of the C classes it has and what was predicted. */
export interface ClassedSlide {
  readonly patient: string;
  /** Indices of the classes it has; none for a negative slide. */
  readonly classes: readonly number[];
  /** sigmoid(bag logit) of each class [C]. */
  readonly probabilities: readonly number[];
}

export interface ClassOptions {
  /** Names of the C classes. */
  readonly names: readonly string[];
  /** Whether a slide has at most one class; else any number of them. */
  readonly exclusive: boolean;
  /** Whether a slide may have none. */
  readonly negative: boolean;
  /** Chosen on validation: below it a class is not called. */
  readonly threshold: number;
}

/**
 * Slide metrics where there are several classes, each with its bootstrap interval over patients:
 * AUROC, average precision, F1 and Brier score are means over classes, each against the rest;
 * accuracy is the share of slides that are called exactly what they are, balanced accuracy the
 * mean of that share over the label values. A class that all or none of the slides have is left out of its mean.
 */
export function classMetrics(slides: readonly ClassedSlide[], options: ClassOptions, loss: number | null, bootstrap: BootstrapOptions): SlideMetrics {
  const { names } = options;
  const patients = slides.map(({ patient }) => patient);
  const called = slides.map(({ probabilities }) => calledClasses(probabilities, options));
  const right = slides.map(({ classes }, i) => classes.join() === called[i]!.join());
  const { estimates } = bootstrapIntervals(
    patients,
    (indices) => {
      const drawn = Array.from(indices);
      const ofClasses = names.map((_, k) => ofClass(drawn.map((i) => slides[i]!), drawn.map((i) => called[i]!), k));
      return {
        auroc: mean(ofClasses.map((found) => found.auroc)),
        averagePrecision: mean(ofClasses.map((found) => found.averagePrecision)),
        accuracy: mean(drawn.map((i) => Number(right[i]))),
        balancedAccuracy: mean(byLabel(drawn, slides).map((group) => mean(group.map((i) => Number(right[i]))))),
        f1: mean(ofClasses.map((found) => found.f1)),
        brier: mean(ofClasses.map((found) => found.brier)),
        ...Object.fromEntries(ofClasses.flatMap((found, k) => [[`auroc/${k}`, found.auroc], [`averagePrecision/${k}`, found.averagePrecision]])),
      };
    },
    bootstrap,
  );
  const of = (name: string): Estimate => (estimates as Record<string, Estimate>)[name]!;
  return {
    slides: slides.length,
    patients: new Set(patients).size,
    threshold: options.threshold,
    loss,
    auroc: of('auroc'),
    averagePrecision: of('averagePrecision'),
    accuracy: of('accuracy'),
    balancedAccuracy: of('balancedAccuracy'),
    f1: of('f1'),
    brier: of('brier'),
    classes: names.map((name, k) => ({ name, slides: slides.filter(({ classes }) => classes.includes(k)).length, auroc: of(`auroc/${k}`), averagePrecision: of(`averagePrecision/${k}`) })),
  };
}

/** What a slide is called: the likeliest class, or every likely one; none where nothing reaches the threshold and a slide may have none. */
export function calledClasses(probabilities: readonly number[], { exclusive, negative, threshold }: Pick<ClassOptions, 'exclusive' | 'negative' | 'threshold'>): number[] {
  const likely = [...probabilities.keys()].filter((k) => probabilities[k]! >= threshold);
  const top = probabilities.indexOf(Math.max(...probabilities));
  if (likely.length === 0) return negative ? [] : [top];
  return exclusive ? [top] : likely;
}

/** One class against the rest; null where all or none of the slides have it. */
function ofClass(slides: readonly ClassedSlide[], called: readonly (readonly number[])[], k: number) {
  const has = Uint8Array.from(slides, ({ classes }) => Number(classes.includes(k)));
  const probabilities = Float64Array.from(slides, (slide) => slide.probabilities[k]!);
  const points = operatingPoints(has, probabilities);
  if (!points) return { auroc: null, averagePrecision: null, f1: null, brier: null };
  const calls = Uint8Array.from(called, (classes) => Number(classes.includes(k)));
  const both = calls.reduce((sum, call, i) => sum + call * has[i]!, 0);
  return {
    auroc: auroc(points),
    averagePrecision: averagePrecision(points),
    f1: (2 * both) / (calls.reduce((a, b) => a + b, 0) + points.positives),
    brier: mean(Array.from(has, (label, i) => (probabilities[i]! - label) ** 2)),
  };
}

/** Slides in groups that are the same. */
function byLabel(drawn: readonly number[], slides: readonly ClassedSlide[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const i of drawn) {
    const key = slides[i]!.classes.join();
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  return [...groups.values()];
}

/** Of what is defined; null where nothing is. */
function mean(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
