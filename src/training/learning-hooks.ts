import type { TrainingHooks } from '../encoders/contract.js';
import type { Stage } from '../shared/run/events.js';
import type { RunContext } from './context.js';

/** Progress, losses and stopping of a contrastive stage. */
export function learningHooks(context: RunContext, stage: Stage, round: number, progress: (done: number, total: number, unit: string) => void): TrainingHooks {
  return {
    onStep: (done, total) => progress(done, total, 'steps'),
    onEpoch: ({ epoch, loss, lr }) => context.emit({ type: 'loss', stage, round, epoch, split: 'train', total: loss, contrastive: loss, lr }),
    checkpoint: () => context.checkpoint(),
  };
}
