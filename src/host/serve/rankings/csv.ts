import { hinge, shortfall, violations } from '../../../mil/losses/ranking-pairs.js';
import { csvLine } from '../../../shared/csv.js';
import type { RankingSubject } from '../../../shared/rpc/rankings.js';
import { rankingPair } from './patches.js';
import { scoredSplit } from './scored-split.js';

export async function slidePairsCsv(subject: RankingSubject): Promise<string> {
  const { slides, round, material } = await scoredSplit(subject);
  const { margin } = material.experiment.loss;
  const lines = [csvLine(['round', 'split', 'positive_slide', 'negative_slide', 'positive_top_mean', 'negative_top_mean', 'margin', 'shortfall', 'hinge', 'violated_patch_pairs', 'patch_pairs'])];
  for (const { id, top, label } of slides) {
    if (label === 0) continue;
    for (const other of slides) {
      if (other.label === 1) continue;
      const means = [top.mean, other.top.mean] as const;
      lines.push(csvLine([round, subject.split, id, other.id, ...means, margin, shortfall(...means, margin), hinge(...means, margin), violations(top, other.top, margin), top.values.length * other.top.values.length]));
    }
  }
  return lines.join('');
}

export async function patchPairsCsv(subject: RankingSubject, positiveSlide: string, negativeSlide: string): Promise<string> {
  const { positive, negative, shortfalls } = await rankingPair(subject, positiveSlide, negativeSlide);
  const lines = [csvLine(['positive_slide', 'positive_place', 'positive_x', 'positive_y', 'positive_value', 'negative_slide', 'negative_place', 'negative_x', 'negative_y', 'negative_value', 'shortfall'])];
  positive.values.forEach((value, p) =>
    negative.values.forEach((other, n) => {
      lines.push(csvLine([positiveSlide, p + 1, positive.x[p]!, positive.y[p]!, value, negativeSlide, n + 1, negative.x[n]!, negative.y[n]!, other, shortfalls[p * negative.values.length + n]!]));
    }),
  );
  return lines.join('');
}
