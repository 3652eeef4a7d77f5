import { basename } from 'node:path';
import { readResult } from '../../../shared/run/read.js';
import type { SlideFacts, SlideTarget } from '../../../shared/rpc/slides.js';
import type { Slide } from '../../../slides/contract.js';
import { openRun, roundsOf, slideOf } from '../run-material.js';
import type { SlidePool } from '../slide-pool.js';
import { cohortSlide } from './cohort.js';

/** Opens a slide and says what it is. @throws HardmineError as `openSlide` and `openRun` do. */
export async function describeSlide(target: SlideTarget, pool: SlidePool): Promise<SlideFacts> {
  if ('path' in target) return pool.use(target.path, async (slide) => fileFacts(slide));
  const material = await openRun(target.run);
  const row = slideOf(material, target.slide);
  return pool.use(row.path, async (slide) => {
    const facts = fileFacts(slide);
    return {
      ...facts,
      mpp: row.mpp === undefined ? facts.mpp : { x: row.mpp, y: row.mpp },
      run: { name: basename(target.run), slide: cohortSlide(material, row), rounds: roundsThatScored(target.run, row.split) },
    };
  });
}

function fileFacts({ path, format, vendor, compression, icc, levels, mpp, objectivePower, associated }: Slide): SlideFacts {
  const [{ width, height }] = levels;
  return { path, format, vendor: vendor ?? null, compression: compression ?? null, icc, levels, width, height, mpp: mpp ?? null, objectivePower: objectivePower ?? null, associated };
}

/** The test slides are scored once, by the round that validation chose. */
function roundsThatScored(run: string, split: string | undefined): number[] {
  if (split !== 'test') return roundsOf(run);
  const result = readResult(run);
  return result ? [result.selectedRound] : [];
}
