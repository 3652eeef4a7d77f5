import type { OptimizerOptions } from '../shared/experiment/index.js';

/** Learning rate of an epoch (1-based); one scheduler step an epoch. Cosine decays to 0 after the last. */
export function learningRate({ lr, schedule, epochs }: Pick<OptimizerOptions, 'lr' | 'schedule' | 'epochs'>, epoch: number): number {
  return schedule === 'constant' ? lr : 0.5 * lr * (1 + Math.cos((Math.PI * (epoch - 1)) / epochs));
}
