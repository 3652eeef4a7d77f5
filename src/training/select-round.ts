import type { RoundMetrics } from '../shared/run/metrics.js';
import { better } from './aggregate.js';

/** How the round that is tested was chosen; stands in every report. */
export const selectionRule = 'the round with the highest validation AUROC, among equals the one with the lowest validation cross-entropy';

/** The round validation chooses. */
export function selectRound(rounds: readonly RoundMetrics[]): RoundMetrics {
  const standing = ({ validation }: RoundMetrics) => ({ auroc: validation.auroc.value ?? 0, loss: validation.loss ?? Infinity });
  return rounds.reduce((chosen, round) => (better(standing(round), standing(chosen)) ? round : chosen));
}
