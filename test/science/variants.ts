import type { Aggregator } from '../../src/mil/aggregators/index.js';
import type { LossOptions } from '../../src/shared/experiment/index.js';
import { aggregatorSchema, lossSchema } from '../../src/shared/experiment/model.js';

/** An aggregator with the loss it is trained by. */
export interface Variant {
  readonly name: string;
  readonly kind: Aggregator['kind'];
  /** The paper's loss on pairs; by default the cross-entropy of the bag. */
  readonly pairLoss?: LossOptions;
}

/** Every aggregator by the cross-entropy of the bag, and the paper's: DSMIL by its loss on pairs. */
export const variants: readonly Variant[] = [
  ...aggregatorSchema.shape.kind.unwrap().options.map((kind) => ({ name: kind, kind })),
  { name: 'dsmil-pairs', kind: 'dsmil', pairLoss: lossSchema.parse({}) },
];
