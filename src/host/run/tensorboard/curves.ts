import type { RunEventBody } from '../../../shared/run/events.js';
import type { Scalar } from './record.js';

/** TensorBoard lays curves of one tag over each other, one a folder. */
export type CurveFolder = 'training' | 'validation';

/**
 * Turns events of a run into points of curves. Epochs begin anew in each round; steps go on, so that
 * the rounds follow each other.
 */
export class Curves {
  private readonly epochs = new Map<string, number>();

  /** What an event adds; in the order of the journal, of what was there before a run was resumed too. */
  points(event: RunEventBody): readonly (Scalar & { readonly folder: CurveFolder })[] {
    if (event.type === 'loss') {
      const folder = event.split === 'train' ? 'training' : 'validation';
      const step = (this.epochs.get(`${event.stage} ${folder}`) ?? 0) + 1;
      this.epochs.set(`${event.stage} ${folder}`, step);
      const { total, bag, instance, ranking, contrastive, auroc, lr } = event;
      return known({ total, bag, instance, ranking, contrastive, auroc, lr }).map(([name, value]) => ({ folder, tag: `${event.stage}/${name}`, step, value }));
    }
    if (event.type === 'round-finished') {
      const { validation, mining } = event.metrics;
      const numbers = { auroc: validation.auroc.value, positives: mining?.positives, hardNegatives: mining?.hardNegatives, positiveRatio: mining?.positiveRatio };
      return known(numbers).map(([name, value]) => ({ folder: 'validation', tag: `round/${name}`, step: event.round, value }));
    }
    return [];
  }
}

function known(numbers: Readonly<Record<string, number | null | undefined>>): [string, number][] {
  return Object.entries(numbers).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
}
