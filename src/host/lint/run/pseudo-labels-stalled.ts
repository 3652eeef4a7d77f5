import type { RunRule } from './contract.js';

/** Minings in a row that change nothing. */
const inARow = 2;

/** Minings that choose the very patches the one before chose, up to the last. */
export const pseudoLabelsStalled: RunRule = {
  code: 'pseudo-labels-stalled',
  find({ rounds }) {
    const mined = rounds.flatMap(({ round, mining }) => (mining ? [{ round, changes: mining.added + mining.dropped, patches: mining.kept }] : [])).slice(1);
    const last = mined.findLastIndex(({ changes, patches }) => changes > 0 || patches === 0);
    const still = mined.slice(last + 1);
    const [first] = still;
    if (!first || still.length < inARow) return [];
    return [{ message: `From round ${first.round} on each mining chose the very same ${first.patches} patches: later rounds fine-tune on what the encoder has learnt already.`, remedy: `Fewer rounds do (about ${first.round}); or let more be mined ("mining.hardNegativeRatio", "mining.positiveRatio"), or fine-tune more strongly between rounds.` }];
  },
};
