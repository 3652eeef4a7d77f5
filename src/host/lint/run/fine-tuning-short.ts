import type { RunRule } from './contract.js';

/** Steps a round below which fine-tuning taught next to nothing (docs/hard-negatives.md). */
const few = 32;

/** Rounds that fine-tune in a handful of steps: a small bank makes short epochs. */
export const fineTuningShort: RunRule = {
  code: 'fine-tuning-short',
  find({ experiment: { finetune }, events }) {
    const steps = new Map<number, number>();
    for (const event of events) if (event.type === 'progress' && event.stage === 'finetune' && event.unit === 'steps') steps.set(event.round, event.total);
    const short = [...steps].filter(([, total]) => total < few);
    if (short.length === 0 || short.length < steps.size) return [];
    const most = Math.max(...steps.values());
    const epochs = Math.ceil((finetune.epochs * few) / most);
    return [{ message: `No round fine-tuned the encoder for more than ${most} step${most === 1 ? '' : 's'}: hardly more than none, so later rounds may differ by chance alone.`, remedy: `A small bank makes short epochs: set "finetune.epochs" to ${epochs} or more (now ${finetune.epochs}), or let more be mined.` }];
  },
};
