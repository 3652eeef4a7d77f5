import { createAggregator, type Aggregator } from '../../../src/mil/aggregators/index.js';
import { aggregatorSchema } from '../../../src/shared/experiment/model.js';
import { encoded, type InstanceEncoder } from './encoder.js';

export { convolutionalEncoder } from './convolutional.js';
export { denseLayers } from './encoder.js';

/** Aggregators that score features as they come; the first layer of all others is the last hidden layer of the published networks. */
const onFeatures: ReadonlySet<Aggregator['kind']> = new Set(['dsmil', 'max', 'mean', 'top-k', 'lse']);

export interface PublishedSizes {
  /** Widths of all dense layers between instance and pooling. */
  readonly dense: readonly number[];
  /** Size of the attention's hidden layer. */
  readonly attention: number;
  /** Dropout behind the last dense layer. */
  readonly dropout: number;
}

/** A published network with its pooling exchanged; `encoderOf` builds what stands before the given dense layers are done. */
export function publishedNetwork(kind: Aggregator['kind'], { dense, attention, dropout }: PublishedSizes, encoderOf: (dense: readonly number[]) => InstanceEncoder): Aggregator {
  const own = !onFeatures.has(kind);
  const encoder = encoderOf(own ? dense.slice(0, -1) : dense);
  const options = aggregatorSchema.parse({ kind, hidden: dense.at(-1), attention, dropout: own ? dropout : 0 });
  return encoded(encoder, createAggregator(options, encoder.features));
}
