import { hinge, shortfall } from '../../mil/losses/ranking-pairs.js';
import { topInstances } from '../../mil/losses/top-instances.js';
import type { LossOptions } from '../../shared/experiment/index.js';
import type { PairInfluence, RankingInfluence } from '../../shared/rpc/explain.js';
import type { ScoredSlide } from '../serve/rankings/scored-split.js';

/** An influence that names the patch to move up by its index in the bag. */
export interface InstanceInfluence extends Omit<RankingInfluence, 'next'> {
  readonly next: number | undefined;
}

/**
 * What one instance does to the ranking loss over all (positive, negative) pairs of bags,
 *
 *   L = 1/(P·Q) Σₚ Σ_q max(0, s_pq),  s_pq = margin − T(p) + T(q),
 *
 * T(b) the mean of the K_b = min(topK, N_b) highest values of bag b (paper §3; a value is the logit,
 * or its sigmoid where `scoreSpace` says probability). Of the value v of an instance of q
 *
 *   ∂max(0, s_pq)/∂v = 1/K_q where it is among the top K_q and s_pq > 0, else 0
 *
 * (of an instance of p: −1/K_p), ∂L/∂logit their sum over P·Q times ∂v/∂logit. Without the instance
 * its bag has N − 1, the next highest moves up, and T, s and L are what they then are; this is no
 * new training, all other logits stay.
 *
 * @param slides all bags of the split, `own` one of them.
 * @param logits of the own bag, N. @param index of the instance in it.
 */
export function instanceInfluence(slides: readonly ScoredSlide[], own: ScoredSlide, logits: Float32Array, index: number, loss: LossOptions): InstanceInfluence {
  const { margin, scoreSpace, ranking: weight } = loss;
  const others = slides.filter(({ label }) => label !== own.label);
  const alike = slides.length - others.length;
  const allPairs = alike * others.length;
  const k = own.top.indices.length;
  const place = own.top.indices.indexOf(index);
  const without = bagWithout(logits, index, loss);
  const against = (mean: number, other: number): [positive: number, negative: number] => (own.label === 1 ? [mean, other] : [other, mean]);
  const pull = place < 0 ? 0 : (own.label === 1 ? -1 : 1) / k;

  const pairs = others.map(({ id, top }): PairInfluence => {
    const short = shortfall(...against(own.top.mean, top.mean), margin);
    return { slide: id, shortfall: short, hinge: Math.max(0, short), gradient: short > 0 ? pull : 0, hingeWithout: without ? hinge(...against(without.mean, top.mean), margin) : null };
  });
  const elsewhere = sumOfOtherPairs(slides, own, margin);
  const mean = (sum: number): number => (allPairs === 0 ? 0 : sum / allPairs);
  const total = mean(elsewhere + pairs.reduce((sum, pair) => sum + pair.hinge, 0));
  const totalWithout = without ? mean(elsewhere + pairs.reduce((sum, { hingeWithout }) => sum + hingeWithout!, 0)) : null;
  const score = 1 / (1 + Math.exp(-logits[index]!));
  return {
    k,
    place: place < 0 ? null : place + 1,
    pairs: pairs.toSorted((a, b) => b.shortfall - a.shortfall),
    violated: pairs.filter((pair) => pair.shortfall > 0).length,
    allPairs,
    loss: total,
    lossWithout: totalWithout,
    change: totalWithout === null ? null : total - totalWithout,
    gradient: mean(pairs.reduce((sum, { gradient }) => sum + gradient, 0)) * (scoreSpace === 'probability' ? score * (1 - score) : 1),
    weight,
    margin,
    scoreSpace,
    next: place >= 0 && without?.indices.length === k ? without.indices.at(-1) : undefined,
  };
}

/** The top of a bag that lacks an instance; indices are those of the whole bag. Undefined where nothing is left. */
function bagWithout(logits: Float32Array, index: number, loss: LossOptions): { readonly indices: Int32Array; readonly mean: number } | undefined {
  if (logits.length === 1) return undefined;
  const { indices, mean } = topInstances(logits.filter((_, i) => i !== index), loss);
  return { indices: indices.map((i) => (i < index ? i : i + 1)), mean };
}

/** The hinges of all pairs the own bag is not in: nothing of it changes them. */
function sumOfOtherPairs(slides: readonly ScoredSlide[], own: ScoredSlide, margin: number): number {
  let sum = 0;
  for (const positive of slides) {
    if (positive.label !== 1 || positive === own) continue;
    for (const negative of slides) if (negative.label === 0 && negative !== own) sum += hinge(positive.top.mean, negative.top.mean, margin);
  }
  return sum;
}
