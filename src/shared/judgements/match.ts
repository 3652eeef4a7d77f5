import type { Judgement } from './format.js';
import { compareTimes } from './standing.js';
import { verdicts } from './verdicts.js';

/** Where patches lie, in columns of equal length; x, y and size in level-0 pixels. */
export interface PlacedPatches {
  /** Index into the slide ids. */
  readonly slideOf: ArrayLike<number>;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly size: ArrayLike<number>;
}

/** More than this share of the smaller of two squares must lie in the other for both to show the same tissue. */
const leastShare = 0.5;

/**
 * The verdict on each patch, as an index into `verdicts`. A judgement speaks of tissue, not of a row of a
 * table: it holds for every patch it shares more than half of the smaller square with, so that it
 * outlives another tiling. Of several the one that fits best counts (intersection over union), among
 * equals the latest. Patches whose place is unknown (NaN) have none.
 *
 * @param slides ids that `slideOf` points into.
 * @param standing what `standingJudgements` left.
 */
export function verdictsOf({ slideOf, x, y, size }: PlacedPatches, slides: readonly string[], standing: readonly Judgement[]): Uint8Array {
  const bySlide = groupBySlide(standing);
  const ofSlide = slides.map((slide) => bySlide.get(slide));
  const result = new Uint8Array(slideOf.length);
  for (let patch = 0; patch < result.length; patch++) {
    const judgements = ofSlide[slideOf[patch]!];
    if (!judgements) continue;
    let best = 0;
    for (const judgement of judgements) {
      const fit = fitOf(judgement, x[patch]!, y[patch]!, size[patch]!);
      // Equals: the list is in the order of time.
      if (fit === 0 || fit < best) continue;
      best = fit;
      result[patch] = verdicts.indexOf(judgement.verdict);
    }
  }
  return result;
}

function groupBySlide(judgements: readonly Judgement[]): Map<string, Judgement[]> {
  const groups = new Map<string, Judgement[]>();
  for (const judgement of judgements.toSorted(compareTimes)) {
    const group = groups.get(judgement.slide);
    if (group) group.push(judgement);
    else groups.set(judgement.slide, [judgement]);
  }
  return groups;
}

/** Intersection over union where the squares show the same tissue, else 0. */
function fitOf(judgement: Judgement, x: number, y: number, size: number): number {
  const width = Math.min(judgement.x + judgement.size, x + size) - Math.max(judgement.x, x);
  const height = Math.min(judgement.y + judgement.size, y + size) - Math.max(judgement.y, y);
  if (!(width > 0 && height > 0)) return 0;
  const [shared, a, b] = [width * height, judgement.size ** 2, size ** 2];
  return shared > leastShare * Math.min(a, b) ? shared / (a + b - shared) : 0;
}
