import { rankingOf, shortfall, violatedBy } from '../../mil/losses/ranking-pairs.js';
import { topInstances, type TopInstances } from '../../mil/losses/top-instances.js';
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
 * (of an instance of p: −1/K_p). Where `compare` says pairs, the hinge of p and q is
 *
 *   1/(K_p·K_q) Σᵢ Σⱼ max(0, margin − vᵢ + vⱼ)
 *
 * and the gradient the share of those pairs of instances that hold v and violate. ∂L/∂logit is their sum over P·Q times ∂v/∂logit. Without the instance
 * its bag has N − 1, the next highest moves up, and T, s and L are what they then are; this is no
 * new training, all other logits stay.
 *
 * @param slides all bags of the split, `own` one of them.
 * @param logits of the own bag, N. @param index of the instance in it.
 */
export function instanceInfluence(slides: readonly ScoredSlide[], own: ScoredSlide, logits: Float32Array, index: number, loss: LossOptions): InstanceInfluence {
  const { margin, scoreSpace, compare, ranking: weight } = loss;
  const others = slides.filter(({ label }) => label !== own.label);
  const alike = slides.length - others.length;
  const allPairs = alike * others.length;
  const k = own.top.indices.length;
  const place = own.top.indices.indexOf(index);
  const without = bagWithout(logits, index, loss);
  const against = <T>(mine: T, other: T): [positive: T, negative: T] => (own.label === 1 ? [mine, other] : [other, mine]);
  const pull = (other: TopInstances, short: number): number => {
    if (place < 0) return 0;
    const share = compare === 'pairs' ? violatedBy(own.top.values[place]!, own.label, other, margin) / other.values.length : Number(short > 0);
    return ((own.label === 1 ? -1 : 1) * share) / k;
  };

  const pairs = others.map(({ id, top }): PairInfluence => {
    const short = shortfall(...against(own.top.mean, top.mean), margin);
    return { slide: id, shortfall: short, hinge: rankingOf(...against(own.top, top), loss), gradient: pull(top, short), hingeWithout: without ? rankingOf(...against(without, top), loss) : null };
  });
  const elsewhere = sumOfOtherPairs(slides, own, loss);
  const mean = (sum: number): number => (allPairs === 0 ? 0 : sum / allPairs);
  const total = mean(elsewhere + pairs.reduce((sum, pair) => sum + pair.hinge, 0));
  const totalWithout = without ? mean(elsewhere + pairs.reduce((sum, { hingeWithout }) => sum + hingeWithout!, 0)) : null;
  const score = 1 / (1 + Math.exp(-logits[index]!));
  return {
    k,
    place: place < 0 ? null : place + 1,
    pairs: pairs.toSorted((a, b) => b.shortfall - a.shortfall),
    violated: pairs.filter((pair) => pair.hinge > 0).length,
    allPairs,
    loss: total,
    lossWithout: totalWithout,
    change: totalWithout === null ? null : total - totalWithout,
    gradient: mean(pairs.reduce((sum, { gradient }) => sum + gradient, 0)) * (scoreSpace === 'probability' ? score * (1 - score) : 1),
    weight,
    margin,
    scoreSpace,
    compare,
    next: place >= 0 && without?.indices.length === k ? without.indices.at(-1) : undefined,
  };
}

/** The top of a bag that lacks an instance; indices are those of the whole bag. Undefined where nothing is left. */
function bagWithout(logits: Float32Array, index: number, loss: LossOptions): TopInstances | undefined {
  if (logits.length === 1) return undefined;
  const top = topInstances(logits.filter((_, i) => i !== index), loss);
  return { ...top, indices: top.indices.map((i) => (i < index ? i : i + 1)) };
}

/** The hinges of all pairs the own bag is not in: nothing of it changes them. */
function sumOfOtherPairs(slides: readonly ScoredSlide[], own: ScoredSlide, loss: LossOptions): number {
  let sum = 0;
  for (const positive of slides) {
    if (positive.label !== 1 || positive === own) continue;
    for (const negative of slides) if (negative.label === 0 && negative !== own) sum += rankingOf(positive.top, negative.top, loss);
  }
  return sum;
}
