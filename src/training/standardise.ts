import type { HostTensor, ParameterValues } from '../engine/contract.js';
import type { Bag } from './bag.js';
import type { FeatureBank } from './feature-bank.js';

/** Mean and deviation of each feature over the training patches. */
export interface FeatureScale {
  readonly mean: Float32Array;
  readonly deviation: Float32Array;
}

/** Names under which `aggregator.safetensors` keeps the scale its weights were trained on. */
const names = { mean: 'features.mean', deviation: 'features.deviation' } as const;

/** Measured bag by bag, in float64 (Welford's update), so that no cohort has to fit into memory. */
export async function measureScale(train: readonly Bag[], features: FeatureBank): Promise<FeatureScale> {
  let mean = new Float64Array(0);
  let squares = new Float64Array(0);
  let count = 0;
  for (const bag of train) {
    const { data, shape } = await features.bag(bag.id);
    const width = shape[1]!;
    if (count === 0) [mean, squares] = [new Float64Array(width), new Float64Array(width)];
    for (let row = 0; row < data.length; row += width) {
      count++;
      for (let i = 0; i < width; i++) {
        const difference = data[row + i]! - mean[i]!;
        mean[i]! += difference / count;
        squares[i]! += difference * (data[row + i]! - mean[i]!);
      }
    }
  }
  // A feature that never changes says nothing: it becomes zero instead of infinite.
  return { mean: Float32Array.from(mean), deviation: Float32Array.from(squares, (sum) => Math.sqrt(sum / count) || 1) };
}

/** (x − mean) / deviation of a bag [N, D], as a new bag. */
export function standardise({ data, shape }: HostTensor, { mean, deviation }: FeatureScale): HostTensor {
  const width = mean.length;
  const scaled = new Float32Array(data.length);
  for (let row = 0; row < data.length; row += width) {
    for (let i = 0; i < width; i++) scaled[row + i] = (data[row + i]! - mean[i]!) / deviation[i]!;
  }
  return { data: scaled, shape };
}

/** The weights of an aggregator together with the scale they expect. */
export function withScale(weights: ParameterValues, scale: FeatureScale | undefined): ParameterValues {
  if (!scale) return weights;
  const tensor = (data: Float32Array) => ({ shape: [data.length], data });
  return { ...weights, [names.mean]: tensor(scale.mean), [names.deviation]: tensor(scale.deviation) };
}

/** Takes them apart again. */
export function splitScale({ [names.mean]: mean, [names.deviation]: deviation, ...weights }: ParameterValues): { weights: ParameterValues; scale: FeatureScale | undefined } {
  return { weights, scale: mean && deviation && { mean: mean.data, deviation: deviation.data } };
}
