import type { Bag } from '../problems/problem.js';
import type { Parts } from './folds.js';

/**
 * Every feature to mean 0 and standard deviation 1 over the instances of the training bags; what
 * does not vary there becomes 0. Validation and test are only carried along.
 *
 * @param channels features that repeat along an instance, e.g. 3 for pixels r, g, b, r, g, b …;
 * by default each value of an instance is a feature.
 */
export function standardise(parts: Parts<Bag>, channels?: number): Parts<Bag> {
  const { mean, deviation } = momentsOf(parts.train, channels ?? parts.train[0]!.size);
  const apply = (bag: Bag): Bag => ({ ...bag, instances: bag.instances.map((value, i) => scaled(value, mean, deviation, i % mean.length)) });
  return { train: parts.train.map(apply), validation: parts.validation.map(apply), test: parts.test.map(apply) };
}

/** Mean and standard deviation of each feature over all instances of the bags. */
export function momentsOf(bags: readonly Bag[], features: number): { mean: Float64Array; deviation: Float64Array } {
  const mean = new Float64Array(features);
  const deviation = new Float64Array(features);
  const count = bags.reduce((sum, { instances }) => sum + instances.length, 0) / features;
  for (const { instances } of bags) for (let i = 0; i < instances.length; i++) mean[i % features] += instances[i] / count;
  for (const { instances } of bags) for (let i = 0; i < instances.length; i++) deviation[i % features] += (instances[i] - mean[i % features]) ** 2 / count;
  return { mean, deviation: deviation.map(Math.sqrt) };
}

/** Share of a feature's own size below which its deviation is rounding, not variation. */
const rounding = 1e-6;

function scaled(value: number, mean: Float64Array, deviation: Float64Array, feature: number): number {
  return deviation[feature] > rounding * Math.abs(mean[feature]) ? (value - mean[feature]) / deviation[feature] : 0;
}
