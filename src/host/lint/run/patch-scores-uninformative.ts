import { patchScoresWarning } from '../../../training/patch-scores.js';
import type { RunRule } from './contract.js';

/** Slides told well, and their highest patches not: mining trusts scores that say little. The run warns of each such round as it comes. */
export const patchScoresUninformative: RunRule = {
  code: 'patch-scores-uninformative',
  find({ judged, experiment: { optimizer } }) {
    const labels = judged?.predictions?.filter(({ split }) => split === 'validation').map(({ label }) => label);
    if (!labels) return [];
    const { round, highestPatchAuroc, validation } = judged!.metrics;
    const message = patchScoresWarning({ round, byPatch: highestPatchAuroc ?? null, bySlide: validation.auroc.value, labels, restarts: optimizer.restarts });
    return message === undefined ? [] : [{ message, remedy: optimizer.restarts > 0 ? `Of ${optimizer.restarts + 1} sets of initial weights none did better by validation loss: ${train}` : `Initial weights decide it as often as not; with 4 restarts validation chooses among five sets of them. Where all fail, ${train}` }];
  },
};

const train = 'train longer ("optimizer.epochs", "optimizer.lr"), try "aggregator.standardise", or pre-train the encoder for longer.';
