import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFeatures } from '../../../../src/cohort/features/index.js';
import { explainFully } from '../../../../src/host/explain/full.js';
import { renderExplanation } from '../../../../src/host/explain/render.js';
import { subjectAt } from '../../../../src/host/explain/subject.js';
import { explainAnswers } from '../../../../src/host/serve/explain.js';
import { replaceJson } from '../../../../src/shared/files.js';
import { explanationSchema, type Neighbours } from '../../../../src/shared/rpc/explain.js';
import { roundFiles, roundFolder, runFiles } from '../../../../src/shared/run/layout.js';
import type { ScoreTable } from '../../../../src/shared/run/parquet.js';
import { trainRun } from '../../../../src/training/index.js';
import { readLineage } from '../../../../src/shared/run/read.js';
import { readScores } from '../../../../src/training/tables.js';
import { featureExperiment, featureSize, makeFeatureCohort } from '../../../fixtures/feature-cohort.js';
import { makeContext } from '../../../fixtures/run-context.js';

const service = explainAnswers();
let folder: string;
let run: string;
let scores: ScoreTable;

beforeAll(async () => {
  ({ folder } = await makeFeatureCohort());
  const experiment = featureExperiment({ aggregator: { standardise: false } });
  const context = makeContext(folder, experiment);
  run = context.runFolder;
  await trainRun(context);
  replaceJson(path.join(run, runFiles.experiment), experiment);
  replaceJson(path.join(run, runFiles.status), { state: 'done', name: 'features', experimentFile: path.join(folder, 'features.mil.json'), round: 1, rounds: 1, progress: 1, pid: 1, host: 'here', started: 1, heartbeat: 1 });
  scores = await readScores(path.join(run, roundFolder(1), roundFiles.scores));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function neighboursOf(row: number): Promise<Neighbours> {
  for (;;) {
    const answer = await service.patchNeighbours(run, 1, row);
    if ('found' in answer) return answer.found;
  }
}

/** Features of every row, read from the stores. */
async function featuresOfRows(): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  for (const slide of new Set(scores.slide)) {
    const reader = await openFeatures(path.join(folder, 'features', `${slide}.h5`));
    const data = new Float32Array(reader.count * featureSize);
    reader.readInto(data, 0, reader.count);
    reader.close();
    for (let i = 0; i < reader.count; i++) rows.push(data.subarray(i * featureSize, (i + 1) * featureSize));
  }
  return rows;
}

describe('the explanation of a patch', () => {
  it('has the neighbours that the stores have, of other train slides', async () => {
    const row = scores.role.indexOf('hard-negative');
    const features = await featuresOfRows();
    const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    const distance = (other: number) => 1 - dot(features[row]!, features[other]!) / Math.sqrt(dot(features[row]!, features[row]!) * dot(features[other]!, features[other]!));
    const nearest = (wanted: (other: number) => boolean) =>
      [...features.keys()].filter((other) => scores.split[other] === 'train' && scores.slide[other] !== scores.slide[row] && wanted(other)).sort((a, b) => distance(a) - distance(b) || a - b).slice(0, 8);
    const { positives, negatives } = await neighboursOf(row);
    expect(positives.map((one) => one.row)).toEqual(nearest((other) => scores.role[other] === 'positive'));
    expect(negatives.map((one) => one.row)).toEqual(nearest((other) => scores.label[other] === 0));
    expect(negatives).toHaveLength(8);
    for (const one of [...positives, ...negatives]) expect(one.distance).toBeCloseTo(distance(one.row), 5);
  });

  it('tells what the round made of it, and keeps to its schema', async () => {
    const row = scores.role.indexOf('hard-negative');
    const explanation = await service.explainPatch(run, 1, row);
    expect(explanationSchema.parse(explanation)).toEqual(explanation);
    const negatives = [...scores.score.keys()].filter((other) => scores.split[other] === 'train' && scores.label[other] === 0);
    const lower = negatives.filter((other) => scores.score[other]! < scores.score[row]!).length;
    expect(explanation).toMatchObject({ mined: true, round: 1, patch: { slide: scores.slide[row], label: 0, split: 'train' }, history: [{ round: 1, role: 'hard-negative', rank: scores.rank[row], quantile: lower / negatives.length }] });
  });

  it('of a slide the loss never sees says so', async () => {
    const explanation = await service.explainPatch(run, 1, scores.split.indexOf('validation'));
    expect(explanation).toMatchObject({ mined: false, influence: { missing: expect.stringContaining('validation') } });
  });
});

describe('what has no answer is refused, and the rest is told', () => {
  const signal = new AbortController().signal;

  it('of a test slide its one round, and its neighbours among the train slides', async () => {
    const { split } = readLineage(run)!;
    const slide = Object.keys(split).find((id) => split[id] === 'test')!;
    const explained = await explainFully(await subjectAt(run, slide, { x: 10, y: 10 }, undefined), { onProgress: () => undefined, signal });
    expect(explained).toMatchObject({ patch: { slide, split: 'test' }, history: [{ round: 1 }], influence: { missing: expect.stringContaining('this is a test slide') as string } });
    expect(JSON.stringify(explained)).toContain('"distance"');
    await expect(subjectAt(run, slide, { x: 10, y: 10 }, 2)).rejects.toMatchObject({ code: 'usage', remedy: 'Leave out --round.' });
  });

  it('of a round that is not there those that are', async () => {
    await expect(subjectAt(run, scores.slide[0]!, { x: 10, y: 10 }, 7)).rejects.toMatchObject({ code: 'usage', remedy: 'Its complete rounds are 1.' });
  });

  it('of several classes that the loss compares each apart', async () => {
    const experiment = featureExperiment({ cohort: { table: 'cohort.csv', negative: false }, mining: { rounds: 1 }, optimizer: { epochs: 1 } });
    const context = makeContext(folder, experiment, { run: 'classes' });
    await trainRun(context);
    replaceJson(path.join(context.runFolder, runFiles.experiment), experiment);
    replaceJson(path.join(context.runFolder, runFiles.status), { state: 'done', name: 'features', experimentFile: path.join(folder, 'features.mil.json'), round: 1, rounds: 1, progress: 1, pid: 1, host: 'here', started: 1, heartbeat: 1 });
    const explained = await explainFully(await subjectAt(context.runFolder, scores.slide[0]!, { x: 10, y: 10 }, undefined), { onProgress: () => undefined, signal });
    expect(explained).toMatchObject({ influence: { missing: expect.stringContaining('each of 2 classes apart') as string }, patch: { critical: { steersAttention: false } } });
    expect(renderExplanation(explained)).toContain('each of 2 classes apart');
  });
});

describe('the patch at a point', () => {
  it('is the one that holds it; where none does, the nearest is named', async () => {
    const [slide] = scores.slide;
    expect(await subjectAt(run, slide!, { x: 300, y: 10 }, 1)).toMatchObject({ row: 1, round: 1 });
    await expect(subjectAt(run, slide!, { x: 300, y: 900 }, 1)).rejects.toMatchObject({ code: 'usage', remedy: expect.stringContaining('256, 0') });
  });
});
