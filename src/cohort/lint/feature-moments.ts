import { HardmineError } from '../../shared/errors.js';
import type { FeaturesOptions } from '../../shared/experiment/index.js';
import type { CohortSlide, FeatureReader } from '../contract.js';
import { openStore } from '../features/index.js';

/** So many patches of a slide are read, in blocks spread over it: enough for a mean, and no matter of gigabytes. */
const blocks = 8;
const rowsOfBlock = 16;

/** What the features of a slide are like, over some of its patches. */
export interface FeatureMoments {
  /** Of each feature, (D). */
  readonly mean: Float64Array;
  /** Between the patches, unbiased, (D); 0 where one patch alone was read. */
  readonly variance: Float64Array;
}

/** Moments of the stored features of slides, by slide id; stores that cannot be read, or are empty, have none: others say so. */
export async function featureMoments(slides: readonly CohortSlide[], encoder: FeaturesOptions, baseFolder: string): Promise<Map<string, FeatureMoments>> {
  const moments = new Map<string, FeatureMoments>();
  for (const slide of slides) {
    try {
      const reader = await openStore(encoder, baseFolder, slide);
      try {
        if (reader.count > 0) moments.set(slide.id, momentsOf(reader));
      } finally {
        reader.close();
      }
    } catch (error) {
      if (!(error instanceof HardmineError)) throw error;
    }
  }
  return moments;
}

/** Welford's running mean and sum of squares. */
function momentsOf(reader: FeatureReader): FeatureMoments {
  const { count, featureSize } = reader;
  const mean = new Float64Array(featureSize);
  const squares = new Float64Array(featureSize);
  const features = new Float32Array(rowsOfBlock * featureSize);
  let seen = 0;
  for (const [start, end] of blocksOf(count)) {
    reader.readInto(features, start, end);
    for (let row = 0; row < end - start; row++) {
      seen++;
      for (let feature = 0; feature < featureSize; feature++) {
        const value = features[row * featureSize + feature];
        const before = value - mean[feature];
        mean[feature] += before / seen;
        squares[feature] += before * (value - mean[feature]);
      }
    }
  }
  return { mean, variance: squares.map((sum) => (seen > 1 ? sum / (seen - 1) : 0)) };
}

/** Rows [start, end) of each block: all rows where there are few, else equally far apart. */
function blocksOf(count: number): [number, number][] {
  const wanted = Math.min(blocks, Math.ceil(count / rowsOfBlock));
  return Array.from({ length: wanted }, (_, i) => {
    const start = count <= blocks * rowsOfBlock ? i * rowsOfBlock : Math.round((i * (count - rowsOfBlock)) / (wanted - 1));
    return [start, Math.min(count, start + rowsOfBlock)];
  });
}
