import type { LossOptions, OptimizerOptions } from '../shared/experiment/index.js';

/** Margin of the ranking loss in an epoch (1-based): from `marginFrom` to `margin` in equal steps, where there is one. */
export function marginOf({ margin, marginFrom }: Pick<LossOptions, 'margin' | 'marginFrom'>, { epochs }: Pick<OptimizerOptions, 'epochs'>, epoch: number): number {
  return marginFrom === null || epochs === 1 ? margin : marginFrom + ((margin - marginFrom) * (epoch - 1)) / (epochs - 1);
}
