import { dirname, join, resolve } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { HardmineError, messageOf } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { replaceJson } from '../../shared/files.js';
import type { RunEvent, RunEventBody } from '../../shared/run/events.js';
import { cacheFolder, runFiles } from '../../shared/run/layout.js';
import type { RunResult } from '../../shared/run/metrics.js';
import { readRounds, readStatus } from '../../shared/run/read.js';
import { Interrupted, type RunContext } from '../../training/context.js';
import { lintRunFolder } from '../lint/run/index.js';
import { openJournal } from './journal.js';
import { lockRun } from './lock.js';
import { thisProcess } from '../../shared/run/process.js';
import { listenForRequests } from './requests.js';
import { StatusWriter } from './status.js';
import { tensorboardWriter } from './tensorboard/index.js';

/** How often a paused run looks whether it may go on, ms. */
const pauseLook = 200;

export interface RunOrder {
  readonly experiment: Experiment;
  /** Path of the experiment file; relative paths of the experiment and the cache start at its folder. */
  readonly experimentFile: string;
  /** Exists and holds `experiment.json`. */
  readonly runFolder: string;
  readonly resume: boolean;
  train(context: RunContext): Promise<RunResult>;
  /** Called once the result is written and before the run counts as done. */
  report(runFolder: string): Promise<void>;
  onEvent(event: RunEvent): void;
  /** The first signal to stop came in; the step under way is being finished. */
  onStopping(): void;
  /** Ends the process; only a second signal does so. */
  leave(exitCode: number): void;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Says what the run itself has against its numbers; the report, written next, shows it. */
async function lint(runFolder: string, experiment: Experiment, emit: (body: RunEventBody) => void): Promise<void> {
  try {
    for (const { code, message } of await lintRunFolder(runFolder, experiment)) emit({ type: 'warning', code, message });
  } catch (error) {
    emit({ type: 'warning', code: 'lint-failed', message: `The run could not be checked: ${messageOf(error)} Try "mil check ${runFolder}".` });
  }
}

/** How a run ended. */
export type RunOutcome =
  | { readonly state: 'done'; readonly result: RunResult }
  | { readonly state: 'interrupted'; readonly reason: Interrupted['reason'] }
  | { readonly state: 'failed'; readonly error: unknown };

/**
 * Conducts one run in its folder: lock, journal, status with heartbeat, requests and signals around
 * `order.train`. However training ends, the folder says so.
 * @throws HardmineError `run-locked`, or when the folder cannot be written; then nothing was run.
 */
export async function conductRun(order: RunOrder): Promise<RunOutcome> {
  const { experiment, runFolder, now } = order;
  const experimentFile = resolve(order.experimentFile);
  const before = readStatus(runFolder);
  const lock = lockRun(runFolder, () => now() - (before?.heartbeat ?? -Infinity));
  const journal = openJournal(join(runFolder, runFiles.events), now);
  const draw = tensorboardWriter(runFolder);
  const { pid, host } = thisProcess();
  const status = new StatusWriter(runFolder, { state: 'running', name: experiment.name, experimentFile, round: before?.round ?? 0, rounds: experiment.mining.rounds, progress: 0, pid, host, started: now(), heartbeat: now() }, now, readRounds(runFolder).at(-1)?.metrics.milliseconds);

  const emit = (body: RunEventBody): void => {
    const event = journal.append(body);
    status.follow(event);
    draw(event);
    order.onEvent(event);
  };
  const close = (change?: Parameters<StatusWriter['finish']>[0]): void => {
    requests.close();
    try {
      status.finish(change);
    } finally {
      journal.close();
      lock.release();
    }
  };
  const requests = listenForRequests(runFolder, now, {
    onFirst: order.onStopping,
    onSecond: () => {
      emit({ type: 'run-stopped', reason: 'interrupted' });
      close({ state: 'interrupted' });
      order.leave(130);
    },
  });
  let evicted = false;
  status.start(() => !(evicted ||= !lock.held()));

  const checkpoint = async (): Promise<void> => {
    // The engine computes without leaving the event loop: without this no timer or signal is ever seen.
    await setImmediate();
    if (evicted) throw new HardmineError('run-locked', 'Another process has taken this run over.', { place: { file: runFolder }, remedy: 'This process stops; the other one goes on.' });
    if (requests.current() === 'pause') {
      emit({ type: 'run-stopped', reason: 'paused' });
      status.set({ state: 'paused' });
      while (requests.current() === 'pause') await setTimeout(pauseLook);
      status.set({ state: 'running' });
    }
    const request = requests.current();
    if (request === 'interrupted') throw new Interrupted('interrupted');
    if (request === 'stop') throw new Interrupted('stop-requested');
  };

  const experimentFolder = dirname(experimentFile);
  try {
    const result = await order.train({ experiment, experimentFolder, runFolder, cacheFolder: resolve(experimentFolder, cacheFolder), resume: order.resume, emit, checkpoint, now });
    replaceJson(join(runFolder, runFiles.result), result);
    await lint(runFolder, experiment, emit);
    try {
      await order.report(runFolder);
    } catch (error) {
      emit({ type: 'warning', code: 'report-failed', message: `The report could not be written: ${messageOf(error)} Try "mil report ${runFolder}".` });
    }
    close({ state: 'done' });
    return { state: 'done', result };
  } catch (error) {
    return ended(error);
  }

  function ended(error: unknown): RunOutcome {
    if (error instanceof Interrupted) {
      emit({ type: 'run-stopped', reason: error.reason });
      close({ state: 'interrupted' });
      return { state: 'interrupted', reason: error.reason };
    }
    if (evicted) {
      close();
      return { state: 'failed', error };
    }
    const failure = { code: error instanceof HardmineError ? error.code : 'internal', message: messageOf(error) };
    for (const say of [() => emit({ type: 'run-failed', ...failure }), () => close({ state: 'failed', error: failure })]) {
      try {
        say();
      } catch {
        // A full disk may have caused the failure and may swallow its record; the caller shows the first error.
      }
    }
    return { state: 'failed', error };
  }
}
