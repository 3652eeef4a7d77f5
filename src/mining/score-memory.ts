/**
 * The scores that are mined: an exponential mean over rounds, in float64.
 *
 * @param before what was mined by in the round before; undefined in the first round.
 * @param scores of this round, in the same order; where one of the two is no number the other counts.
 * @param memory weight of the rounds before, 0–1; 0 remembers nothing.
 */
export function rememberedScores(before: ArrayLike<number> | undefined, scores: ArrayLike<number>, memory: number): Float64Array {
  return Float64Array.from(scores, (score, patch) => {
    const earlier = before?.[patch] ?? NaN;
    if (Number.isNaN(earlier) || Number.isNaN(score)) return Number.isNaN(score) ? earlier : score;
    return memory * earlier + (1 - memory) * score;
  });
}
