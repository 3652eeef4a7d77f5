import type { MiningOptions } from '../shared/experiment/index.js';

export interface Schedule {
  readonly epoch: number;
  /** The epoch at which the ratio is `initial`. */
  readonly warmup: number;
  /** The epoch at which the ratio is `final`. */
  readonly epochs: number;
  readonly initial: number;
  readonly final: number;
}

/**
 * The self-paced share of candidate positives (paper §3):
 * r(e) = (e − warmup)(r_T − r_0)/(E − warmup) + r_0; r_T where warm-up lasts to the end.
 */
export function selfPacedRatio({ epoch, warmup, epochs, initial, final }: Schedule): number {
  return epochs === warmup ? final : ((epoch - warmup) * (final - initial)) / (epochs - warmup) + initial;
}

/** The share a round trusts (1-based; the last round reaches `to`), `from` until warm-up is over. */
export function positiveRatioOf(round: number, mining: MiningOptions): number {
  const { from, to, warmup } = mining.positiveRatio;
  if (!positivesTrusted(round, mining)) return from;
  return selfPacedRatio({ epoch: round, warmup, epochs: mining.rounds, initial: from, final: to });
}

/** Whether warm-up is over, so that mined positives serve as anchors in this round (1-based). */
export function positivesTrusted(round: number, mining: MiningOptions): boolean {
  return round > mining.positiveRatio.warmup;
}
