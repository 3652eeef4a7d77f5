import { patchScoresWarning, rarer } from '../../../training/patch-scores.js';
import type { RunRule } from './contract.js';

/** Slides told well, and their highest patches not: mining trusts scores that say little. The run warns of each such round as it comes. */
export const patchScoresUninformative: RunRule = {
  code: 'patch-scores-uninformative',
  find({ judged }) {
    const labels = judged?.predictions?.filter(({ split }) => split === 'validation').map(({ label }) => label);
    if (!labels) return [];
    const { round, highestPatchAuroc, validation } = judged!.metrics;
    const message = patchScoresWarning(round, highestPatchAuroc ?? null, validation.auroc.value, rarer(labels));
    return message === undefined ? [] : [{ message, remedy: 'Initial weights decide it as often as not; with 4 restarts validation chooses among five sets of them. Where all fail, train longer ("optimizer.epochs", "optimizer.lr"), try "aggregator.standardise", or pre-train the encoder for longer.' }];
  },
};
