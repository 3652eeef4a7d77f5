import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles } from '../../shared/run/layout.js';
import { controlSchema, type RunControl } from '../../shared/run/state.js';

/** How often `control.json` is looked at, ms: a stop is felt at once, a network file system is not tired. */
const lookEvery = 250;

/** What others ask of this host: a file that works from any window and machine, and signals. */
export interface Requests {
  /** The request that stands now. */
  current(): RunControl['request'] | 'interrupted';
  /** Signals end the process again. */
  close(): void;
}

export interface SignalHandlers {
  /** The first signal: the run will stop after this step. */
  onFirst(): void;
  /** A second one: leave at once. */
  onSecond(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens for requests; an old `control.json`, meant for a host before this one, is removed. */
export function listenForRequests(folder: string, now: () => number, handlers: SignalHandlers): Requests {
  const file = join(folder, runFiles.control);
  rmSync(file, { force: true });
  let asked: RunControl['request'] = 'run';
  let looked = -Infinity;
  let interrupted = false;
  const onSignal = (): void => {
    if (interrupted) return handlers.onSecond();
    interrupted = true;
    handlers.onFirst();
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    current() {
      if (interrupted) return 'interrupted';
      if (now() - looked >= lookEvery) {
        looked = now();
        asked = readRequest(file) ?? asked;
      }
      return asked;
    },
    close() {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}

/** No file asks to run on; one that is being written this moment asks for nothing new. */
function readRequest(file: string): RunControl['request'] | undefined {
  try {
    return controlSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).request;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'run' : undefined;
  }
}
