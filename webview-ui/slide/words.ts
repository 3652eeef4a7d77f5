import type { Verdict } from '../../src/shared/judgements/verdicts.js';
import type { Measure } from '../../src/shared/rpc/views/slide.js';
import { roles, type Role } from '../../src/shared/run/tables.js';
import { t } from '../shared/l10n.js';

export const valueNames: Record<Exclude<Measure, 'none'>, string> = { score: t('Score'), attention: t('Attention'), rank: t('Rank in the slide') };

const roleNames: Record<Role, string> = { none: t('not mined'), positive: t('trusted positive'), 'hard-negative': t('mined hard negative') };

export const verdictNames: Record<Verdict, string> = { none: t('no judgement'), 'confirmed-negative': t('confirmed negative'), mislabelled: t('mislabelled'), artefact: t('artefact') };

/** A value as people read it: ranks are whole, probabilities have three digits, small attention keeps what tells it from zero. */
export function formatValue(measure: Exclude<Measure, 'none'>, value: number): string {
  if (measure === 'rank') return String(Math.round(value));
  return value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(3);
}

export function roleName(role: number): string {
  return roleNames[roles[role]];
}

export function truthName(truth: number): string {
  return truth < 0 ? t('unknown') : truth === 1 ? t('positive') : t('negative');
}
