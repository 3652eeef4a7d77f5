import { createHash } from 'node:crypto';
import type { Diagnostic } from '../shared/diagnostics.js';
import { HardmineError } from '../shared/errors.js';
import type { FeaturesOptions } from '../shared/experiment/index.js';
import type { CohortSlide, Split } from './contract.js';
import { openStore } from './features/index.js';
import { hashSlide, slideBytes } from './hash.js';
import { partsApart } from './lint/parts.js';
import { inTwoParts } from './split.js';

/** So many rows of a store are compared: no two patches have the same features by chance. */
const comparedRows = 16;

/** Copies of one slide under several names, in different parts of the split; only files of the same size are compared. */
export function checkCopies(slides: readonly CohortSlide[], splits: readonly Split[]): Promise<Diagnostic[]> {
  return copiesAmong(slides, splits, 'has the very content of', ({ path }) => slideBytes(path), ({ path }) => hashSlide(path));
}

/** The same of stored features, which may have been written anew: only stores of as many patches are compared. */
export function checkStoreCopies(slides: readonly CohortSlide[], splits: readonly Split[], encoder: FeaturesOptions, baseFolder: string, counts: ReadonlyMap<string, number>): Promise<Diagnostic[]> {
  return copiesAmong(slides, splits, 'has the very features of', ({ id }) => counts.get(id), async (slide) => {
    try {
      const reader = await openStore(encoder, baseFolder, slide);
      const rows = Math.min(comparedRows, reader.count);
      const features = new Float32Array(rows * reader.featureSize);
      reader.readInto(features, 0, rows);
      reader.close();
      // Blank features are those of any blank slide.
      if (features.every((value) => value === features[0])) return undefined;
      return createHash('sha256').update(new Uint8Array(features.buffer)).digest('hex');
    } catch (error) {
      // A store that cannot be read is a finding of its own.
      if (error instanceof HardmineError) return undefined;
      throw error;
    }
  });
}

async function copiesAmong(slides: readonly CohortSlide[], splits: readonly Split[], how: string, sizeOf: (slide: CohortSlide) => number | undefined, hashOf: (slide: CohortSlide) => Promise<string | undefined>): Promise<Diagnostic[]> {
  const bySize = new Map<number, CohortSlide[]>();
  for (const slide of slides) {
    const size = sizeOf(slide);
    if (size !== undefined && size > 0) bySize.set(size, [...(bySize.get(size) ?? []), slide]);
  }
  const found: Diagnostic[] = [];
  for (const alike of [...bySize.values()].filter((group) => group.length > 1)) {
    const known = new Map<string, CohortSlide[]>();
    for (const slide of alike) {
      const hash = await hashOf(slide);
      if (hash === undefined) continue;
      const others = known.get(hash) ?? [];
      known.set(hash, [...others, slide]);
      const before = others.find((other) => (other.path === '' || other.path !== slide.path) && partsApart({ splits }, slide, other));
      if (before) found.push(inTwoParts('warning', slide, before, partsApart({ splits }, slide, before)!, how));
    }
  }
  return found;
}
