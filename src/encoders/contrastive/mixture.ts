import type { Random } from '../../shared/random.js';
import type { MinedPatches } from '../contract.js';

/** Whether mined patches hold both sides that a contrast needs. */
export function contrastable({ positives, hardNegatives }: MinedPatches): boolean {
  return positives.length > 0 && hardNegatives.length > 0;
}

/**
 * Batches of `size` places: half hard negatives; of the other half a quarter uncertain patches
 * where there are some, the rest positives. Each kind is walked in a random order that starts
 * anew when it is used up, so that every patch comes before any comes again, and a bank smaller
 * than its share of a batch repeats within it. The layout is the same in every batch.
 */
export class Mixture {
  readonly instanceLabels: Float32Array;
  readonly bagLabels: Float32Array;
  private readonly patches: Int32Array;
  private readonly parts: readonly { readonly walk: () => number; readonly places: number }[];

  constructor({ positives, hardNegatives, uncertain }: MinedPatches, size: number, random: Random) {
    const negative = Math.ceil(size / 2);
    const unsure = uncertain.length > 0 ? Math.floor((size - negative) / 4) : 0;
    const positive = size - negative - unsure;
    this.patches = new Int32Array(size);
    this.instanceLabels = new Float32Array(size).fill(1, negative + unsure);
    this.bagLabels = new Float32Array(size).fill(1, negative);
    this.parts = [
      { walk: endlessWalk(hardNegatives, random.fork('negatives')), places: negative },
      { walk: endlessWalk(uncertain, random.fork('uncertain')), places: unsure },
      { walk: endlessWalk(positives, random.fork('positives')), places: positive },
    ];
  }

  /** The patches of the next batch; the array is used again by the next call. */
  next(): Int32Array {
    let at = 0;
    for (const { walk, places } of this.parts) for (let i = 0; i < places; i++) this.patches[at++] = walk();
    return this.patches;
  }
}

/** Walks `items` in random order, again and again, each time in another one. */
function endlessWalk(items: Int32Array, random: Random): () => number {
  const order = items.slice();
  let at = 0;
  return () => {
    const j = at + random.integer(order.length - at);
    [order[at], order[j]] = [order[j], order[at]];
    const item = order[at];
    at = (at + 1) % order.length;
    return item;
  };
}
