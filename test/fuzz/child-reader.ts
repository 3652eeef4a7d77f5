import { fork, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** To a reader: read this. */
export interface Ask {
  readonly path: string;
  /** Through OpenSlide, whatever our own readers say. */
  readonly openslide: boolean;
}

/** From a reader: how it went. */
export interface Answer {
  readonly outcome: 'read' | 'refused' | 'failed';
  /** The code of an error for people, or what else was thrown. */
  readonly text: string;
  readonly ms: number;
  /** Largest memory of its process so far, bytes. */
  readonly peak: number;
}

/** Limits of one file: ms, and bytes above a reader at rest. */
const patience = 2000;
const memory = 200 * 2 ** 20;
/** A process that gives no answer by then is ended; a loaded machine has it wait this long without fault. */
const end = 20_000;

/** A process that reads files one at a time. */
export class ChildReader {
  /** Its memory after it has read every seed, bytes. */
  rest = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly openslide: boolean,
  ) {}

  static async start(seeds: readonly (readonly [string, Buffer])[], folder: string, openslide: boolean): Promise<ChildReader> {
    const child = fork(join(import.meta.dirname, 'reader.ts'), { execArgv: ['--import', 'tsx', '--unhandled-rejections=strict'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const reader = new ChildReader(child, openslide);
    for (const [format, bytes] of seeds) {
      const path = join(folder, 'seed');
      writeFileSync(path, bytes);
      const answer = await reader.ask(path);
      if (typeof answer === 'string' || answer.outcome === 'failed' || (answer.outcome === 'refused' && !openslide)) throw new Error(`The seed "${format}" is not read: ${typeof answer === 'string' ? answer : answer.text}`);
      reader.rest = answer.peak;
    }
    return reader;
  }

  /** @returns what it answers, or how it ended. */
  ask(path: string): Promise<Answer | string> {
    return new Promise((resolve) => {
      const done = (answer: Answer | string): void => {
        clearTimeout(timer);
        this.child.removeAllListeners();
        resolve(answer);
      };
      const timer = setTimeout(() => done(`no answer within ${end / 1000} s`), end);
      this.child.once('message', (answer) => done(answer as Answer));
      this.child.once('exit', (code, signal) => done(`the process ended (${signal ?? code})`));
      this.child.send({ path, openslide: this.openslide } satisfies Ask);
    });
  }

  problemOf(answer: Answer | string): string | undefined {
    if (typeof answer === 'string') return answer;
    if (answer.outcome === 'failed') return answer.text;
    if (answer.ms > patience) return `${Math.round(answer.ms)} ms (${answer.outcome})`;
    const above = answer.peak - this.rest;
    return above > memory ? `${Math.round(above / 2 ** 20)} MB (${answer.outcome})` : undefined;
  }

  stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.kill('SIGKILL');
    });
  }
}
