import type { Experiment } from '../shared/experiment/index.js';
import type { RunEventBody } from '../shared/run/events.js';

/** What a training run sees of the process around it; the rounds know no terminal, signal or lock. */
export interface RunContext {
  readonly experiment: Experiment;
  /** Absolute; relative paths of the experiment start here. */
  readonly experimentFolder: string;
  /** Absolute; `experiment.json`, `status.json` and `events.jsonl` are the host's, the rest is the run's. */
  readonly runFolder: string;
  /** Absolute; safe to delete at any time. */
  readonly cacheFolder: string;
  /** Continue after the last complete round of `runFolder`. */
  readonly resume: boolean;
  /**
   * Writes an event to the journal: `run-started` and `run-finished` are the run's to say,
   * `run-stopped` and `run-failed` the host's. @throws HardmineError `disk-full`.
   */
  emit(event: RunEventBody): void;
  /**
   * To be awaited between steps: lets timers and signals through, and waits while the run is paused.
   * @throws Interrupted when somebody asked the run to stop.
   */
  checkpoint(): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Thrown by `checkpoint`: not an error, the way out of a run that was asked to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly reason: 'interrupted' | 'stop-requested') {
    super(reason === 'interrupted' ? 'The run was interrupted.' : 'The run was asked to stop.');
  }
}
