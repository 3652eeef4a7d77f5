import type { MiningOptions } from '../shared/experiment/index.js';
import type { MiningSummary } from '../shared/run/metrics.js';
import { changeOf, precisionAgainst, type Bank } from './bank.js';
import { mineHardNegatives } from './hard-negatives.js';
import type { ScoredPatches } from './patches.js';
import { minePositives } from './positives.js';
import { positiveRatioOf } from './schedule.js';

export { changeOf, precisionAgainst, type Bank, type BankChange } from './bank.js';
export { mineHardNegatives, type MinedNegatives } from './hard-negatives.js';
export type { ScoredPatches } from './patches.js';
export { minePositives, type MinedPositives } from './positives.js';
export { uncertainPatches } from './pseudo-labels.js';
export { positiveRatioOf, positivesTrusted, selfPacedRatio, type Schedule } from './schedule.js';

export interface MiningRound {
  /** 1-based. */
  readonly round: number;
  readonly options: MiningOptions;
  /** Of the last round that mined. */
  readonly previous: Bank | undefined;
  /** Of every patch: 1, 0, or −1 where unknown; for the report alone. */
  readonly truth: Int8Array | undefined;
}

export interface Mined {
  readonly bank: Bank;
  readonly summary: MiningSummary;
  /**
   * For the journal, each a `mining-empty`. A round that finds nothing is no error: the encoder
   * learns from what there is, or stays as it is, and the scores of the round are kept.
   */
  readonly warnings: readonly { readonly code: 'mining-empty'; readonly message: string }[];
}

/** Mines the positives and the hard negatives of a round (design §4). */
export function mineRound(patches: ScoredPatches, { round, options, previous, truth }: MiningRound): Mined {
  const positiveRatio = positiveRatioOf(round, options);
  const positives = minePositives(patches, options.threshold, positiveRatio);
  const hardNegatives = mineHardNegatives(patches, options.hardNegativeRatio, options.perSlideCap);
  const bank = { positives: positives.patches, hardNegatives: hardNegatives.patches };
  return {
    bank,
    summary: {
      positives: bank.positives.length,
      hardNegatives: bank.hardNegatives.length,
      candidates: positives.candidates,
      positiveRatio,
      positiveThreshold: positives.threshold,
      hardNegativeThreshold: hardNegatives.threshold,
      ...changeOf(bank, previous),
      positivePrecision: precisionAgainst(truth, bank.positives, 1),
      hardNegativePrecision: precisionAgainst(truth, bank.hardNegatives, 0),
    },
    warnings: emptyWarnings(bank, options.threshold),
  };
}

function emptyWarnings(bank: Bank, threshold: number): Mined['warnings'] {
  const messages = [
    bank.positives.length === 0 ? `No patch of a positive slide scores above ${threshold}: this round has no positives. Lower mining.threshold, or train the aggregator longer.` : '',
    bank.hardNegatives.length === 0 ? 'No negative slide has a patch with a score: this round has no hard negatives. Look at the scores and at the split.' : '',
  ];
  return messages.filter(Boolean).map((message) => ({ code: 'mining-empty', message }));
}
