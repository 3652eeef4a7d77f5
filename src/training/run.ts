import type { RoundMetrics, RunResult } from '../shared/run/metrics.js';
import { RoundCheckpoint } from './checkpoint.js';
import type { RunContext } from './context.js';
import { bringEncoderBack, closeWorkshop, openWorkshop } from './open.js';
import { recallHandover, runRound, type RoundHandover } from './round.js';
import { selectRound } from './select-round.js';
import { testOnce } from './test-once.js';
import type { Workshop } from './workshop.js';

/**
 * A training run, whole: prepare once, then rounds of fine-tune (from the second on) → embed →
 * aggregate → score → mine → evaluate, then one look at the test slides with the round that
 * validation chose. Seen as a circle this is the paper's embed → aggregate → score → mine →
 * fine-tune; cut before the fine-tuning, each round's folder holds the encoder and the
 * aggregator that belong together, and no fine-tuning is left without an evaluation.
 *
 * @throws HardmineError for bad input; Interrupted when stopped: every whole round is on disk, and
 * the run can be resumed with the same numbers as if it had never stopped.
 */
export async function trainRun(context: RunContext): Promise<RunResult> {
  const workshop = await openWorkshop(context);
  try {
    const rounds: RoundMetrics[] = finishedRounds(context);
    let handover: RoundHandover | undefined = rounds.length > 0 ? await recallHandover(workshop, rounds.length) : undefined;
    await bringEncoderBack(workshop, rounds.length);
    const last = lastRound(workshop);
    for (let round = rounds.length + 1; round <= last; round++) {
      const done = await runRound(workshop, round, handover);
      rounds.push(done.metrics);
      handover = done.handover;
    }
    const result = await testOnce(workshop, selectRound(rounds));
    context.emit({ type: 'run-finished', result });
    return result;
  } finally {
    closeWorkshop(workshop);
  }
}

/** With an encoder that never changes, every round would repeat the first. */
function lastRound({ context, encoder }: Workshop): number {
  const { mining, finetune } = context.experiment;
  if (mining.rounds === 1 || (encoder.learner && finetune.enabled)) return mining.rounds;
  context.emit({ type: 'warning', code: 'rounds-repeat', message: `The encoder does not learn (${encoder.learner ? 'finetune.enabled is false' : 'it has nothing trainable'}), so ${mining.rounds} rounds would all be the same: one is run.` });
  return 1;
}

/** Metrics of the rounds that are complete, from the first on. */
function finishedRounds({ runFolder, resume, experiment }: RunContext): RoundMetrics[] {
  const rounds: RoundMetrics[] = [];
  for (let round = 1; resume && round <= experiment.mining.rounds; round++) {
    const metrics = new RoundCheckpoint(runFolder, round).metrics();
    if (!metrics) break;
    rounds.push(metrics);
  }
  return rounds;
}
