import type { ParameterValues } from '../engine/contract.js';
import type { Bag } from './bag.js';
import type { FeatureBank } from './feature-bank.js';

/** What standardising takes away from each feature and divides it by [D each]. */
export interface Standard {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

const names = { mean: 'standard.mean', deviation: 'standard.deviation' } as const;

/** Mean and standard deviation of every feature over the patches of training slides; slides count by their patches. */
export async function measureStandard(train: readonly Bag[], features: FeatureBank): Promise<Standard> {
  let sum: Float64Array | undefined;
  let squares: Float64Array | undefined;
  let patches = 0;
  for (const { id } of train) {
    const { data, shape } = await features.bag(id);
    const width = shape[1]!;
    sum ??= new Float64Array(width);
    squares ??= new Float64Array(width);
    for (let i = 0; i < data.length; i++) {
      sum[i % width]! += data[i]!;
      squares[i % width]! += data[i]! ** 2;
    }
    patches += shape[0]!;
  }
  const mean = Float32Array.from(sum!, (value) => value / patches);
  // A feature that never changes stays what it is, centred.
  const deviation = Float32Array.from(squares!, (value, i) => Math.sqrt(Math.max(0, value / patches - (sum![i]! / patches) ** 2)) || 1);
  return { mean, deviation };
}

/** Standardises rows of features in place. */
export function standardise(data: Float32Array, { mean, deviation }: Standard): void {
  for (let i = 0; i < data.length; i++) data[i] = (data[i]! - mean[i % mean.length]!) / deviation[i % mean.length]!;
}

/** As it lies beside the weights of the aggregator. */
export function standardWeights({ mean, deviation }: Standard): ParameterValues {
  return { [names.mean]: { shape: [mean.length], data: mean }, [names.deviation]: { shape: [deviation.length], data: deviation } };
}

/** Takes the standard out of saved weights; undefined where features were not standardised. */
export function splitStandard({ [names.mean]: mean, [names.deviation]: deviation, ...weights }: ParameterValues): { readonly weights: ParameterValues; readonly standard: Standard | undefined } {
  return { weights, standard: mean && deviation && { mean: mean.data, deviation: deviation.data } };
}
