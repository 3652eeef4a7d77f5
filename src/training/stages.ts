import type { Stage } from '../shared/run/events.js';
import type { RunContext } from './context.js';

/** Least time between two progress events, ms: enough for a smooth bar, few enough for a long journal. */
const progressEvery = 500;

/** Announces the stages of a run and keeps their times. */
export class Stages {
  /** Milliseconds spent in each stage, over all rounds. */
  readonly total: Record<string, number> = {};
  private round: Record<string, number> = {};

  constructor(private readonly context: RunContext) {}

  /** Runs one stage: started, progress, finished with its time, and the memory it left. */
  async run<T>(stage: Stage, round: number, body: (progress: (done: number, total: number, unit: string) => void) => Promise<T>): Promise<T> {
    const { emit, now } = this.context;
    const start = now();
    let last = -Infinity;
    emit({ type: 'stage-started', stage, round });
    const result = await body((done, total, unit) => {
      const time = now();
      if (time - last < progressEvery && done < total) return;
      last = time;
      emit({ type: 'progress', stage, round, done, total, unit });
    });
    const milliseconds = now() - start;
    this.total[stage] = (this.total[stage] ?? 0) + milliseconds;
    // What comes before the first round belongs to the run, not to a round.
    if (round > 0) this.round[stage] = (this.round[stage] ?? 0) + milliseconds;
    emit({ type: 'stage-finished', stage, round, milliseconds });
    emit({ type: 'memory', rss: process.memoryUsage.rss() });
    await this.context.checkpoint();
    return result;
  }

  /** The times since the last call, for `rounds/NN/metrics.json`. */
  takeRound(): Record<string, number> {
    const taken = this.round;
    this.round = {};
    return taken;
  }
}
