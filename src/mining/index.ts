import type { MiningOptions } from '../shared/experiment/index.js';
import type { MiningSummary } from '../shared/run/metrics.js';
import { changeOf, precisionAgainst, type Bank } from './bank.js';
import { mineHardNegatives, type MinedNegatives } from './hard-negatives.js';
import { barredFromHardNegatives, barredFromPositives, summarizeJudged, withoutBarred, type VerdictColumn } from './judged.js';
import type { ScoredPatches } from './patches.js';
import { minePositives, type MinedPositives } from './positives.js';
import { positiveRatioOf } from './schedule.js';

export { changeOf, precisionAgainst, type Bank, type BankChange } from './bank.js';
export { mineHardNegatives, type MinedNegatives } from './hard-negatives.js';
export type { ScoredPatches } from './patches.js';
export type { VerdictColumn } from './judged.js';
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
  /** What people judged of every patch. */
  readonly verdictOf: VerdictColumn;
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
export function mineRound(patches: ScoredPatches, { round, options, previous, truth, verdictOf }: MiningRound): Mined {
  const positiveRatio = positiveRatioOf(round, options);
  const selected = select(patches, options, positiveRatio, verdictOf);
  const { positives, hardNegatives } = selected;
  const bank = bankOf(selected);
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
      ...(verdictOf ? { judgements: summarizeJudged(verdictOf, bank, bankOf(select(patches, options, positiveRatio, undefined))) } : {}),
    },
    warnings: emptyWarnings(bank, options.threshold),
  };
}

/** The hard negatives a round mines under these options and judgements; also what a person who tries other options is shown. */
export function selectHardNegatives(patches: ScoredPatches, { hardNegativeRatio, perSlideCap }: Pick<MiningOptions, 'hardNegativeRatio' | 'perSlideCap'>, verdictOf: VerdictColumn): MinedNegatives {
  return mineHardNegatives(withoutBarred(patches, verdictOf, barredFromHardNegatives), hardNegativeRatio, perSlideCap);
}

interface Selected {
  readonly positives: MinedPositives;
  readonly hardNegatives: MinedNegatives;
}

function select(patches: ScoredPatches, options: MiningOptions, positiveRatio: number, verdictOf: VerdictColumn): Selected {
  return {
    positives: minePositives(withoutBarred(patches, verdictOf, barredFromPositives), options.threshold, positiveRatio),
    hardNegatives: selectHardNegatives(patches, options, verdictOf),
  };
}

function bankOf({ positives, hardNegatives }: Selected): Bank {
  return { positives: positives.patches, hardNegatives: hardNegatives.patches };
}

function emptyWarnings(bank: Bank, threshold: number): Mined['warnings'] {
  const messages = [
    bank.positives.length === 0 ? `No patch of a positive slide scores above ${threshold}: this round has no positives. Lower mining.threshold, or train the aggregator longer.` : '',
    bank.hardNegatives.length === 0 ? 'No negative slide has a patch with a score: this round has no hard negatives. Look at the scores and at the split.' : '',
  ];
  return messages.filter(Boolean).map((message) => ({ code: 'mining-empty', message }));
}
