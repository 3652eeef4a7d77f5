import { fork, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../src/shared/random.js';
import { mutate } from './mutate.js';
import { makeSeeds } from './seeds.js';

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

export interface Failure {
  /** The seed of the campaign, the format and the file's number make it again. */
  readonly format: string;
  readonly file: number;
  readonly problem: string;
}

export interface Report {
  readonly files: number;
  readonly read: number;
  /** By code. */
  readonly refused: ReadonlyMap<string, number>;
  readonly failures: readonly Failure[];
  readonly slowest: number;
  /** Memory above a reader at rest, bytes. */
  readonly mostMemory: number;
}

export interface CampaignOptions {
  readonly files: number;
  readonly seed: number;
  readonly openslide?: boolean;
  /** Folder for the files that failed. */
  readonly keep?: string;
  progress?(done: number, failures: number): void;
}

/** Limits of one file: ms, and bytes above a reader at rest. */
const patience = 2000;
const memory = 200 * 2 ** 20;
/** A process that gives no answer by then is ended; a loaded machine has it wait this long without fault. */
const end = 20_000;

/** Reads damaged files, one after the other, in a process that may crash. What failed is tried once more, alone in a fresh process. */
export async function runCampaign({ files, seed, openslide = false, keep, progress }: CampaignOptions): Promise<Report> {
  const seeds = [...(await makeSeeds())];
  const donors = seeds.map(([, bytes]) => bytes);
  const folder = mkdtempSync(join(tmpdir(), 'hardmine-fuzz-'));
  // Each file has numbers of its own, so that it can be made again alone.
  const random = new Random(seed);
  const refused = new Map<string, number>();
  const failures: Failure[] = [];
  let [read, slowest, mostMemory] = [0, 0, 0];
  let reader = await Reader.start(seeds, folder, openslide);
  try {
    for (let file = 0; file < files; file++) {
      const [format, bytes] = seeds[file % seeds.length];
      const path = join(folder, `a 'slide' "${file}"\nü 片`);
      writeFileSync(path, mutate(bytes, donors, random.fork(`file ${file}`)));
      let answer = await reader.ask(path);
      let problem = reader.problemOf(answer);
      if (problem !== undefined) {
        await reader.stop();
        reader = await Reader.start(seeds, folder, openslide);
        answer = await reader.ask(path);
        problem = reader.problemOf(answer);
      }
      if (problem !== undefined) {
        failures.push({ format, file, problem });
        if (keep) {
          mkdirSync(keep, { recursive: true });
          copyFileSync(path, join(keep, `${seed}-${file}-${format.replaceAll(' ', '-')}`));
        }
        await reader.stop();
        reader = await Reader.start(seeds, folder, openslide);
      } else if (typeof answer === 'object') {
        if (answer.outcome === 'read') read++;
        else refused.set(answer.text, (refused.get(answer.text) ?? 0) + 1);
        slowest = Math.max(slowest, answer.ms);
        mostMemory = Math.max(mostMemory, answer.peak - reader.rest);
      }
      rmSync(path);
      if (file % 500 === 499) progress?.(file + 1, failures.length);
    }
  } finally {
    await reader.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return { files, read, refused, failures, slowest, mostMemory };
}

/** A process that reads. */
class Reader {
  /** Its memory after it has read every seed, bytes. */
  rest = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly openslide: boolean,
  ) {}

  static async start(seeds: readonly (readonly [string, Buffer])[], folder: string, openslide: boolean): Promise<Reader> {
    const child = fork(join(import.meta.dirname, 'reader.ts'), { execArgv: ['--import', 'tsx', '--unhandled-rejections=strict'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const reader = new Reader(child, openslide);
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
