import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Experiment } from '../../shared/experiment/index.js';
import { readKeptExperiment } from '../../shared/run/experiment.js';
import { roundFiles, roundFolder, runFiles } from '../../shared/run/layout.js';
import { listRuns } from '../../shared/run/list.js';
import { readTable } from '../../shared/run/parquet.js';
import type { Sizes } from './work.js';

/** How many of the newest runs are believed: machines change. */
const newest = 5;

/** A finished run of this machine: what it computed, and how long each stage took, ms. */
export interface PastRun {
  readonly experiment: Experiment;
  readonly sizes: Sizes;
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** The finished runs of this machine below a folder, newest first; what cannot be read is passed over. */
export async function pastRuns(folder: string): Promise<PastRun[]> {
  const done = (await listRuns(folder, Date.now())).filter(({ state, status, result }) => state === 'done' && result && status.host === hostname());
  const runs: PastRun[] = [];
  for (const { run, result } of done.slice(0, newest)) {
    try {
      const experiment = readKeptExperiment(run);
      runs.push({ experiment, sizes: await sizesOf(run), milliseconds: result!.milliseconds });
    } catch {
      // Written by another version, or half deleted: it tells nothing.
    }
  }
  return runs;
}

async function sizesOf(run: string): Promise<Sizes> {
  const columns = { slide: 'STRING', split: 'STRING', label: 'INT32' } as const;
  const learnt = await readTable(join(run, roundFolder(1), roundFiles.scores), columns);
  const tested = await readTable(join(run, runFiles.testScores), columns);
  const sum = { train: 0, validation: 0, test: tested.slide.length, trainNegatives: 0, trainPositives: 0 };
  const slides = [new Set<string>(), new Set<string>()];
  const counts = new Map<string, number>();
  learnt.slide.forEach((slide, i) => {
    counts.set(slide, (counts.get(slide) ?? 0) + 1);
    if (learnt.split[i] !== 'train') return void sum.validation++;
    sum.train++;
    sum[learnt.label[i] === 1 ? 'trainPositives' : 'trainNegatives']++;
    slides[learnt.label[i]!]!.add(slide);
  });
  return { ...sum, pairs: Math.max(slides[0]!.size, slides[1]!.size), largest: Math.max(0, ...counts.values()) };
}
