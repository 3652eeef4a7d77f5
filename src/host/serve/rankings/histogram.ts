import type { ScoreHistogram } from '../../../shared/rpc/rankings.js';
import type { RankedTable } from '../run-material.js';
import type { ScoredSlide } from './scored-split.js';

const mostBins = 60;
/** Of a probability: thresholds are written with two digits, and so lie on an edge. */
const probabilityBins = 50;

/** Counts the probabilities of the patches of positive and of negative slides. */
export function probabilityHistogram({ score }: RankedTable, slides: readonly ScoredSlide[]): ScoreHistogram {
  return count(score, slides, 0, 1 / probabilityBins, probabilityBins);
}

/** Counts their logits, in bins of a round width that span all that are finite. */
export function logitHistogram({ logit }: RankedTable, slides: readonly ScoredSlide[]): ScoreHistogram {
  let low = Infinity;
  let high = -Infinity;
  for (const { start, end } of slides) {
    for (let row = start; row < end; row++) {
      const value = logit[row]!;
      if (value < low && value > -Infinity) low = value;
      if (value > high && value < Infinity) high = value;
    }
  }
  if (low > high) [low, high] = [0, 1];
  const width = roundWidth((high - low) / mostBins);
  const first = Math.floor(low / width);
  return count(logit, slides, first * width, width, Math.floor(high / width) - first + 1);
}

function count(values: Float32Array, slides: readonly ScoredSlide[], start: number, width: number, bins: number): ScoreHistogram {
  const [positive, negative] = [new Int32Array(bins), new Int32Array(bins)];
  for (const { label, start: from, end } of slides) {
    const counts = label === 1 ? positive : negative;
    for (let row = from; row < end; row++) {
      const value = values[row]!;
      if (!Number.isNaN(value)) counts[Math.min(bins - 1, Math.max(0, Math.floor((value - start) / width)))]++;
    }
  }
  return { start, width, positive, negative };
}

/** The next of …, 0.1, 0.2, 0.5, 1, 2, 5, … at or above `width`. */
function roundWidth(width: number): number {
  if (!(width > 0)) return 0.1;
  const power = 10 ** Math.floor(Math.log10(width));
  return power * ([1, 2, 5].find((step) => step * power >= width) ?? 10);
}
