import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawSample } from '../../../src/sample/index.js';
import { experimentSchema } from '../../../src/shared/experiment/index.js';
import { replaceJson } from '../../../src/shared/files.js';
import { Random } from '../../../src/shared/random.js';
import { roundFiles, roundFolder, runFiles } from '../../../src/shared/run/layout.js';
import type { RoundMetrics } from '../../../src/shared/run/metrics.js';
import type { RunStatus } from '../../../src/shared/run/state.js';
import { readExperimentFile } from '../../../src/host/experiment-file.js';
import { writeScores } from '../../../src/training/tables.js';

/**
 * A finished-looking run of two rounds on six small slides whose banks hold `bank` hard negatives each, out of
 * twice as many patches; nothing is trained. @returns the run folder.
 */
export async function drawLargeBank(workspace: string, bank: number): Promise<string> {
  const { experimentFile } = await drawSample(workspace, { slides: 6, size: 1024, seed: 1 });
  const experiment = experimentSchema.parse({ ...readExperimentFile(experimentFile).experiment!, name: 'large', mining: { rounds: 2, hardNegativeRatio: 0.5 } });
  const run = path.join(workspace, '.mil/runs/20261122-101500-large');
  mkdirSync(run, { recursive: true });
  replaceJson(path.join(run, runFiles.experiment), experiment);
  const status: RunStatus = { state: 'done', name: 'large', experimentFile, round: 2, rounds: 2, progress: 1, pid: 1, host: 'elsewhere', started: 1_795_000_000_000, heartbeat: 1_795_000_400_000 };
  replaceJson(path.join(run, runFiles.status), status);
  writeFileSync(path.join(run, runFiles.events), '');
  for (const round of [1, 2]) drawRound(run, round, bank);
  return run;
}

function drawRound(run: string, round: number, bank: number): void {
  const total = 2 * bank;
  const random = new Random(round);
  const folder = path.join(run, roundFolder(round));
  mkdirSync(folder, { recursive: true });
  // Four negative training slides, patches of 64 px anywhere on them; scores of the second round moved a little.
  const row = (of: (i: number) => number): Float64Array => Float64Array.from({ length: total }, (_, i) => of(i));
  const score = Float32Array.from({ length: total }, (_, i) => Math.min(1, (i + 0.5) / total + (round === 1 ? 0 : 0.05 * random.uniform())));
  const threshold = score.toSorted()[bank]!;
  writeScores(path.join(folder, roundFiles.scores), {
    slide: Array.from({ length: total }, (_, i) => `S0${1 + Math.floor((4 * i) / total)}`),
    split: new Array<string>(total).fill('train'),
    label: new Int32Array(total),
    x: row((i) => (i * 37) % 960),
    y: row((i) => (i * 101) % 960),
    size: new Float64Array(total).fill(64),
    score,
    logit: score,
    attention: new Float32Array(total).fill(1 / total),
    rank: Int32Array.from({ length: total }, (_, i) => i + 1),
    role: Array.from(score, (value) => (value >= threshold ? 'hard-negative' : 'none')),
    truth: new Int32Array(total).fill(-1),
  });
  const none = { value: null, low: null, high: null };
  const metrics: RoundMetrics = {
    round,
    epoch: 1,
    validation: { slides: 2, patients: 2, threshold: 0.5, loss: null, auroc: none, averagePrecision: none, accuracy: none, balancedAccuracy: none, f1: none, brier: none },
    mining: { positives: 0, hardNegatives: bank, candidates: 0, positiveRatio: 0.2, positiveThreshold: null, hardNegativeThreshold: threshold, added: round === 1 ? bank : 0, kept: round === 1 ? 0 : bank, dropped: 0, positivePrecision: null, hardNegativePrecision: null },
    milliseconds: {},
  };
  replaceJson(path.join(folder, roundFiles.metrics), metrics);
}
