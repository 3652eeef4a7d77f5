import type { RunRule } from './contract.js';

/** A loss that differs by less has not moved. */
const still = 1e-7;
/** Epochs it takes to say that a loss does not move. */
const leastEpochs = 3;

/** A ranking loss that is zero from the first epoch, or the same in every epoch: no gradient comes from it. */
export const rankingLossDead: RunRule = {
  code: 'ranking-loss-dead',
  find({ experiment: { loss }, events }) {
    if (loss.ranking === 0) return [];
    const byRound = new Map<number, number[]>();
    for (const event of events) {
      if (event.type !== 'loss' || event.stage !== 'aggregate' || event.split !== 'train' || event.ranking === undefined) continue;
      // What a resumed run repeats begins again with its first epoch.
      byRound.set(event.round, event.epoch <= 1 ? [event.ranking] : [...(byRound.get(event.round) ?? []), event.ranking]);
    }
    const rounds = [...byRound].filter(([, losses]) => losses.length >= leastEpochs);
    const zero = rounds.filter(([, losses]) => losses.every((value) => Math.abs(value) < still)).map(([round]) => round);
    const fixed = rounds.filter(([round, losses]) => !zero.includes(round) && losses.every((value) => Math.abs(value - losses[0]!) < still)).map(([round]) => round);
    return [
      ...(zero.length === 0 ? [] : [{ message: `The ranking loss is 0 from the first epoch on in ${named(zero)}: the highest patches of positive slides are above those of negative slides by the margin of ${loss.margin} before anything is learnt, so it teaches nothing.`, remedy: 'Raise "loss.margin", or look whether something else than the disease tells the slides apart so easily.' }]),
      ...(fixed.length === 0 ? [] : [{ message: `The ranking loss never moves in ${named(fixed)}: what it compares does not depend on what is learnt.`, remedy: 'Look at the scores of a few slides: where all are 0 or 1, "loss.scoreSpace": "logit" keeps a gradient.' }]),
    ];
  },
};

function named(rounds: readonly number[]): string {
  return `round${rounds.length === 1 ? '' : 's'} ${rounds.join(', ')}`;
}
