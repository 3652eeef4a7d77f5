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

/** The metrics of a sample: means over classes, and of each class against the rest. */
export interface ClassValues extends Readonly<Record<'auroc' | 'averagePrecision' | 'accuracy' | 'balancedAccuracy' | 'f1' | 'brier', number | null>> {
  readonly classes: readonly ClassValue[];
}

type ClassValue = Readonly<Record<'auroc' | 'averagePrecision' | 'f1' | 'brier', number | null>>;

/**
 * What computes the metrics of any of the slides, by their indices, which may repeat; null where not defined. A mean
 * goes over the classes that all slides together define: a resample that lost one of them has no mean, for it would be
 * one of something else.
 */
export function classValues(slides: readonly ClassedSlide[], options: ClassOptions): (indices: ArrayLike<number>) => ClassValues {
  const called = slides.map(({ probabilities }) => calledClasses(probabilities, options));
  const right = slides.map(({ classes }, i) => Number(classes.join() === called[i]!.join()));
  const everyone = [...slides.keys()];
  const ofClasses = (chosen: readonly number[]): ClassValue[] => options.names.map((_, k) => ofClass(chosen.map((i) => slides[i]!), chosen.map((i) => called[i]!), k));
  const whole = ofClasses(everyone);
  const labelValues = byLabel(everyone, slides).length;
  return (indices) => {
    const chosen = Array.from(indices);
    const classes = ofClasses(chosen);
    const lost = classes.some(({ auroc: value }, k) => value === null && whole[k]!.auroc !== null);
    const overClasses = (key: keyof ClassValue): number | null => (lost ? null : mean(classes.map((found) => found[key])));
    const groups = byLabel(chosen, slides);
    return {
      auroc: overClasses('auroc'),
      averagePrecision: overClasses('averagePrecision'),
      accuracy: mean(chosen.map((i) => right[i]!)),
      // Of slides with several classes each there are label values that hardly any resample has all of.
      balancedAccuracy: options.exclusive && groups.length < labelValues ? null : mean(groups.map((group) => mean(group.map((i) => right[i]!)))),
      f1: overClasses('f1'),
      brier: overClasses('brier'),
      classes,
    };
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
function ofClass(slides: readonly ClassedSlide[], called: readonly (readonly number[])[], k: number): ClassValue {
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
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  }
  return [...groups.values()];
}

/** Of what is defined; null where nothing is. */
function mean(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
