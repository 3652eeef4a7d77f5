import type { Estimate } from '../../shared/run/metrics.js';
import type { Random } from '../../shared/random.js';
import { quantileOfSorted } from './quantile.js';

export interface BootstrapOptions {
  /** 0 leaves intervals out. */
  readonly resamples: number;
  /** Of the interval, e.g. 0.95. */
  readonly level: number;
  readonly random: Random;
}

/** Named statistics of a sample, null where undefined. */
export type Statistics<Name extends string> = Readonly<Record<Name, number | null>>;

export interface BootstrapEstimates<Name extends string> {
  readonly estimates: Readonly<Record<Name, Estimate>>;
  /** For each statistic, the resamples in which it was undefined, as when only one class was drawn; they are left out. */
  readonly skipped: Readonly<Record<Name, number>>;
}

/**
 * Statistics with percentile intervals by bootstrap over patients: patients are drawn with
 * replacement and bring all their samples, since samples of one patient are not independent.
 *
 * @param patients the patient of each sample.
 * @param statistic of the samples with the given indices, which may repeat.
 */
export function bootstrapIntervals<Name extends string>(
  patients: readonly string[],
  statistic: (indices: Int32Array) => Statistics<Name>,
  options: BootstrapOptions,
): BootstrapEstimates<Name> {
  const whole = statistic(Int32Array.from(patients.keys()));
  const names = Object.keys(whole) as Name[];
  const drawn = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (const indices of patientResamples(patients, options.resamples, options.random)) {
    const values = statistic(indices);
    for (const name of names) {
      const value = values[name];
      if (value !== null) drawn[name].push(value);
    }
  }

  const tail = (1 - options.level) / 2;
  const estimate = (name: Name): Estimate => {
    const value = whole[name];
    if (value === null || drawn[name].length === 0) return { value, low: null, high: null };
    const sorted = Float64Array.from(drawn[name]).sort();
    return { value, low: quantileOfSorted(sorted, tail), high: quantileOfSorted(sorted, 1 - tail) };
  };
  return {
    estimates: Object.fromEntries(names.map((name) => [name, estimate(name)])) as Record<Name, Estimate>,
    skipped: Object.fromEntries(names.map((name) => [name, options.resamples - drawn[name].length])) as Record<Name, number>,
  };
}

/** Samples of as many patients as there are, drawn with replacement, each with all its indices. */
export function* patientResamples(patients: readonly string[], resamples: number, random: Random): Generator<Int32Array> {
  const clusters = clusterByPatient(patients);
  for (let i = 0; i < resamples; i++) yield resample(clusters, random);
}

function clusterByPatient(patients: readonly string[]): readonly (readonly number[])[] {
  const clusters = new Map<string, number[]>();
  patients.forEach((patient, index) => {
    const cluster = clusters.get(patient);
    if (cluster) cluster.push(index);
    else clusters.set(patient, [index]);
  });
  return [...clusters.values()];
}

function resample(clusters: readonly (readonly number[])[], random: Random): Int32Array {
  const drawn = Array.from(clusters, () => clusters[random.integer(clusters.length)]);
  const indices = new Int32Array(drawn.reduce((sum, cluster) => sum + cluster.length, 0));
  let at = 0;
  for (const cluster of drawn) {
    for (const index of cluster) indices[at++] = index;
  }
  return indices;
}
