import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../src/shared/random.js';
import { ChildReader } from './child-reader.js';
import { mutate } from './mutate.js';
import { makeSeeds } from './seeds.js';

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
  /** Only seeds whose name begins so. */
  readonly format?: string;
  /** Folder for the files that failed. */
  readonly keep?: string;
  progress?(done: number, failures: number): void;
}

/** Reads damaged files, one after the other, in a process that may crash. What failed is tried once more, alone in a fresh process. */
export async function runCampaign({ files, seed, openslide = false, format: only = '', keep, progress }: CampaignOptions): Promise<Report> {
  const seeds = [...(await makeSeeds())].filter(([name]) => name.startsWith(only));
  const donors = seeds.map(([, bytes]) => bytes);
  const folder = mkdtempSync(join(tmpdir(), 'hardmine-fuzz-'));
  // Each file has numbers of its own, so that it can be made again alone.
  const random = new Random(seed);
  const refused = new Map<string, number>();
  const failures: Failure[] = [];
  let [read, slowest, mostMemory] = [0, 0, 0];
  let reader = await ChildReader.start(seeds, folder, openslide);
  try {
    for (let file = 0; file < files; file++) {
      const [format, bytes] = seeds[file % seeds.length];
      const path = join(folder, `a 'slide' "${file}"\nü 片`);
      writeFileSync(path, mutate(bytes, donors, random.fork(`file ${file}`)));
      let answer = await reader.ask(path);
      let problem = reader.problemOf(answer);
      if (problem !== undefined) {
        await reader.stop();
        reader = await ChildReader.start(seeds, folder, openslide);
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
        reader = await ChildReader.start(seeds, folder, openslide);
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
