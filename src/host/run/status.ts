import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceJson } from '../../shared/files.js';
import type { RunEventBody } from '../../shared/run/events.js';
import { heartbeatMs } from '../../shared/run/heartbeat.js';
import { runFiles } from '../../shared/run/layout.js';
import type { RunStatus } from '../../shared/run/state.js';
import { RemainingTime } from './remaining.js';

/** Keeps `status.json` true: on every event that changes it, and every `heartbeatMs` while the host lives. */
export class StatusWriter {
  private readonly file: string;
  private written = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private readonly remaining: RemainingTime;

  /** @param earlier milliseconds of each stage in the last round before a resume. */
  constructor(
    folder: string,
    private status: RunStatus,
    private readonly now: () => number,
    earlier: Readonly<Record<string, number>> = {},
  ) {
    this.remaining = new RemainingTime(status.rounds, earlier);
    this.file = join(folder, runFiles.status);
    this.write();
  }

  /** Begins the heartbeat. @param mayBeat asked before each beat; once it says no, the file is another's. */
  start(mayBeat: () => boolean): void {
    this.timer = setInterval(() => {
      try {
        if (mayBeat()) this.write();
      } catch {
        // A beat that a full disk swallows is not worth a run: the next write of results will say it.
      }
    }, heartbeatMs);
    this.timer.unref();
  }

  /** Takes what an event says about stage, round and progress. */
  follow(event: RunEventBody): void {
    this.remaining.follow(event, this.now());
    if (event.type === 'stage-started') this.set({ stage: event.stage, round: event.round, progress: 0 });
    else if (event.type === 'stage-finished') this.set({ progress: 1 });
    else if (event.type === 'progress') {
      this.status = { ...this.status, progress: event.total > 0 ? event.done / event.total : 0 };
      if (this.now() - this.written >= heartbeatMs / 4) this.write();
    }
  }

  set(change: Partial<RunStatus>): void {
    this.status = { ...this.status, ...change };
    this.write();
  }

  /** Ends the heartbeat with a last word; without one, the file is left to whoever has the run now. */
  finish(change?: Partial<RunStatus>): void {
    clearInterval(this.timer);
    if (!change) return;
    try {
      this.set(change);
    } catch {
      // On a full disk there is room for no second file, but there is for these words in place of the last.
      writeFileSync(this.file, JSON.stringify(this.status));
    }
  }

  private write(): void {
    this.written = this.now();
    const { remaining: _before, ...status } = this.status;
    const remaining = status.state === 'running' || status.state === 'paused' ? this.remaining.at(this.written) : undefined;
    this.status = { ...status, heartbeat: this.written, ...(remaining === undefined ? {} : { remaining }) };
    replaceJson(this.file, this.status);
  }
}
