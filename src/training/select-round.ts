import type { RoundMetrics } from '../shared/run/metrics.js';

/** How the round that is tested was chosen; stands in every report. @param outputs classes that have a logit of their own. */
export function selectionRule(outputs: number): string {
  return `the round with the highest validation AUROC${outputs > 1 ? ', as a mean over classes' : ''}, among equals the one with the lowest validation cross-entropy`;
}

/** The round validation chooses. */
export function selectRound(rounds: readonly RoundMetrics[]): RoundMetrics {
  return rounds.reduce((chosen, round) => (better(round, chosen) ? round : chosen));
}

function better({ validation: a }: RoundMetrics, { validation: b }: RoundMetrics): boolean {
  const [first, second] = [a.auroc.value ?? 0, b.auroc.value ?? 0];
  return first > second || (first === second && (a.loss ?? Infinity) < (b.loss ?? Infinity));
}
