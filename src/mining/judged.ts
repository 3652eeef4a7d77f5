import { verdicts, type Verdict } from '../shared/judgements/verdicts.js';
import type { MiningSummary } from '../shared/run/metrics.js';
import type { Bank } from './bank.js';
import type { ScoredPatches } from './patches.js';

/** What people said of each patch, as indices into `verdicts`; undefined where nothing was said of any. */
export type VerdictColumn = Uint8Array | undefined;

/** Verdicts that keep a patch out of the hard negatives: an artefact teaches nothing, and what looks positive may be. */
export const barredFromHardNegatives: readonly Verdict[] = ['artefact', 'mislabelled'];
/** Verdicts that keep a patch out of the positives. */
export const barredFromPositives: readonly Verdict[] = ['artefact', 'confirmed-negative'];

/** The patches with no score where a verdict bars them; selection passes over what has none, and the next-highest move up. */
export function withoutBarred(patches: ScoredPatches, verdictOf: VerdictColumn, barred: readonly Verdict[]): ScoredPatches {
  if (!verdictOf) return patches;
  const codes = barred.map((verdict) => verdicts.indexOf(verdict));
  const scores = patches.scores.slice();
  for (let patch = 0; patch < scores.length; patch++) if (codes.includes(verdictOf[patch]!)) scores[patch] = NaN;
  return { ...patches, scores };
}

/** What the judgements changed. @param unjudged what would have been mined without them. */
export function summarizeJudged(verdictOf: Uint8Array, bank: Bank, unjudged: Bank): NonNullable<MiningSummary['judgements']> {
  const among = (patches: Int32Array, ...wanted: Verdict[]): number => patches.reduce((count, patch) => count + (wanted.includes(verdicts[verdictOf[patch]!]!) ? 1 : 0), 0);
  return {
    patches: verdictOf.reduce((count, verdict) => count + (verdict > 0 ? 1 : 0), 0),
    artefacts: among(unjudged.hardNegatives, 'artefact'),
    mislabelled: among(unjudged.hardNegatives, 'mislabelled'),
    confirmed: among(bank.hardNegatives, 'confirmed-negative'),
    positivesLeft: among(unjudged.positives, ...barredFromPositives),
  };
}
