import type { Explanation, Neighbour, RoundOfPatch } from '../../../src/shared/rpc/explain.js';
import type { Role } from '../../../src/shared/run/tables.js';
import { t } from '../../shared/l10n.js';

export function roleWord(role: Role): string {
  switch (role) {
    case 'none':
      return t('not mined');
    case 'positive':
      return t('positive');
    case 'hard-negative':
      return t('hard negative');
  }
}

/** How the patch stands in its slide, in sentences. */
export function standingSentences({ patch }: Explanation): string[] {
  const { patches, attention, attentionRank, critical } = patch;
  const share = t('It has {0} of its slide\u2019s attention (#{1} of {2}; an even share is {3}).', percent(attention), attentionRank, patches, percent(1 / patches));
  if (!critical.steersAttention) return [share];
  return [share, critical.isThis ? t('It is the highest patch of its slide, which DSMIL measures attention against.') : t('DSMIL measures attention against another patch: the highest of the slide.')];
}

/** What the patch does to the ranking loss, in sentences. */
export function influenceSentences({ influence, patch }: Explanation): string[] {
  if ('missing' in influence) return [influence.missing];
  const { k, place, pairs, violated, loss, lossWithout, weight } = influence;
  if (place === null) return [t('It is not among the top {0} of its slide: the ranking loss does not see it.', k)];
  const sees = t('It is number {0} of the top {1} of its slide.', place, k);
  const hinges = patch.label === 1 ? t('{0} of {1} pairs with negative slides violate the margin.', violated, pairs.length) : t('{0} of {1} pairs with positive slides violate the margin.', violated, pairs.length);
  const pull = violated === 0 ? t('It has no gradient.') : t('There it has 1/{0} of the gradient of its side.', k);
  const without = lossWithout === null ? t('Without it its slide would be empty.') : t('The ranking loss is {0}; without it, {1}.', loss.toFixed(4), lossWithout.toFixed(4));
  return [sees, hinges, pull, without, ...(weight === 0 ? [t('This run gives the ranking loss no weight.')] : [])];
}

/** One round in words, for the chart. */
export function roundWords({ round, score, rank, quantile, role }: RoundOfPatch): string {
  const where = quantile === null ? [] : [t('above {0} of the patches of negative slides', percent(quantile))];
  return [t('Round {0}', round), t('score {0}', score.toFixed(3)), t('rank {0}', rank), ...where, roleWord(role)].join(', ');
}

export function neighbourWords({ slide, distance, score, role, truth }: Neighbour): string {
  const known = truth < 0 ? [] : [truth === 1 ? t('truly positive') : t('truly negative')];
  return [t('Patch of slide {0}', slide), t('distance {0}', distance.toFixed(3)), t('score {0}', score.toFixed(3)), roleWord(role), ...known].join(', ');
}

/** `2.63 %`. @param share 0–1 */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}
