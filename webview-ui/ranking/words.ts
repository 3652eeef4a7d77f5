import type { RankedSplit, RankingLoss } from '../../src/shared/rpc/rankings.js';
import { t } from '../shared/l10n.js';

/** A score or a distance of scores, with a minus that is one. */
export function number(value: number | null): string {
  if (value === null || Number.isNaN(value)) return t('not a number');
  return value.toFixed(2).replace('-', '−');
}

/** The same with its sign always said. */
export function signed(value: number | null): string {
  return value !== null && value > 0 ? `+${number(value)}` : number(value);
}

export function percent(share: number | null): string {
  return share === null || Number.isNaN(share) ? '–' : `${(100 * share).toFixed(share > 0 && share < 0.01 ? 1 : 0)} %`;
}

export function count(value: number): string {
  return value.toLocaleString('en-US').replaceAll(',', ' ');
}

export function splitName(split: RankedSplit): string {
  return { train: t('Train'), validation: t('Validation'), test: t('Test') }[split];
}

/** What a look at a split can tell; nothing of the train split, which is what the loss sees. */
export function splitNote(split: RankedSplit): string | undefined {
  return {
    train: undefined,
    validation: t('Validation slides: the loss never sees them. They show whether the ranking carries over to other patients.'),
    test: t('Test slides: the loss never sees them, and the selected round alone scored them, once. Choose nothing by them.'),
  }[split];
}

/** What the loss compares. */
export function spaceName({ scoreSpace }: RankingLoss): string {
  return scoreSpace === 'logit' ? t('logit') : t('probability');
}
