import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../../src/engine/contract.js';
import { renderVerify, verifyGolden } from '../../../../src/host/verify/index.js';
import { hasReference, reference } from '../../../golden/reference.js';
import { cpuEngine } from '../../mil/support.js';

let engine: Engine;
beforeAll(async () => {
  engine = await cpuEngine();
});

const folder = mkdtempSync(join(tmpdir(), 'hardmine-golden-'));
function write(content: unknown): string {
  const file = join(folder, 'golden.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
const invalid = (what: unknown) => expect.objectContaining({ code: 'golden-invalid', what });

const schedule = { epoch: 30, warmup: 5, epochs: 105, initial: 0.2, final: 0.8, ratio: 0.35 };
const metrics = { labels: [0, 1, 1, 0], scores: [0.1, 0.4, 0.35, 0.8], auroc: 0.5, brier: 0.35812500000000003 };
const selection = {
  slides: [
    { slide: 'a', label: 1, scores: [0.9, 0.2] },
    { slide: 'b', label: 0, scores: [0.6, 0.1, 0.2] },
  ],
  threshold: 0.3,
  positiveRatio: 0.5,
  hardNegativeRatio: 0.5,
  positiveThreshold: 0.9,
  hardNegativeThreshold: 0.2,
  positives: [{ slide: 'a', index: 0 }],
  hardNegatives: [
    { slide: 'b', index: 2 },
    { slide: 'b', index: 0 },
  ],
};

describe('a file of reference numbers', () => {
  it('may have any of the sections', async () => {
    const report = await verifyGolden(write({ schedule: [schedule], metrics: [metrics], selection: [selection], comment: 'ours' }), engine);
    expect(report.sections.map(({ name }) => name)).toEqual(['selection thresholds', 'selection patches', 'metrics', 'schedule']);
    expect(report.passed).toBe(true);
  });

  it('fails where a number is off by more than the tolerance, and the table says where', async () => {
    const report = await verifyGolden(write({ metrics: [metrics, { ...metrics, auroc: 0.5001 }], schedule: [{ ...schedule, ratio: 0.35001 }] }), engine);
    expect(report.passed).toBe(false);
    expect(renderVerify(report)).toMatch(/metrics .* FAILED at metrics\[1\]\.auroc/);
    expect(report.sections.find(({ name }) => name === 'schedule')!.passed).toBe(true);
  });

  it('fails where one selected patch differs', async () => {
    const report = await verifyGolden(write({ selection: [{ ...selection, hardNegatives: selection.hardNegatives.slice(1) }] }), engine);
    expect(report.sections.find(({ name }) => name === 'selection patches')).toMatchObject({ largestAbsolute: 1, passed: false, worst: 'selection[0].hardNegatives' });
  });

  it('takes null for a metric that is undefined, and for nothing else', async () => {
    const oneClass = { labels: [1, 1], scores: [0.2, 0.4], auroc: null };
    expect((await verifyGolden(write({ metrics: [oneClass] }), engine)).passed).toBe(true);
    expect((await verifyGolden(write({ metrics: [{ ...oneClass, auroc: 0.5 }] }), engine)).passed).toBe(false);
  });

  it.each([
    ['{', expect.stringContaining('cannot be read')],
    [{}, expect.stringContaining('none of dsmil, supcon')],
    [{ metrics: [metrics, { ...metrics, labels: [0, 2, 1, 0] }] }, expect.stringMatching(/^metrics\[1\]\.labels\[1\]/)],
    [{ schedule: [{ ...schedule, warmup: 'soon' }] }, expect.stringMatching(/^schedule\[0\]\.warmup/)],
    [{ metrics: [{ ...metrics, scores: [0.5] }] }, expect.stringMatching(/^metrics\[0\]: as many labels/)],
  ])('is refused with the path of what is wrong: %j', async (content, what) => {
    await expect(verifyGolden(write(content), engine)).rejects.toEqual(invalid(what));
  });

  it('is refused where it is missing', async () => {
    await expect(verifyGolden(join(folder, 'nowhere.json'), engine)).rejects.toEqual(invalid(expect.stringContaining('cannot be read')));
  });
});

describe.skipIf(!hasReference)('the reference numbers', () => {
  interface Reference {
    dsmil: { positiveBag: number[][]; featureSize: number; initialParameters: Record<string, number[][]>; steps: { gradients?: Record<string, number[][]> }[] }[];
    supcon: { projections: number[][][]; gradient: number[][][] }[];
  }
  const changed = (change: (golden: Reference) => void) => {
    const golden = JSON.parse(readFileSync(reference, 'utf8')) as Reference;
    change(golden);
    return write(golden);
  };

  it('are what tfjs-cpu computes', async () => {
    const report = await verifyGolden(reference, engine);
    expect(report.passed, renderVerify(report)).toBe(true);
  });

  it('fail when a single gradient is one percent off', async () => {
    const report = await verifyGolden(changed(({ dsmil }) => (dsmil[1].steps[0].gradients!['b_classifier.q.0.weight'][3][2] += 1e-2)), engine);
    expect(report.sections.filter(({ passed }) => !passed).map(({ worst }) => worst)).toEqual(['dsmil[1].steps[0].gradients.b_classifier.q.0.weight']);
  });

  it.each<[string, (golden: Reference) => unknown, unknown]>([
    ['a ragged bag', ({ dsmil }) => dsmil[0].positiveBag[3].pop(), 'dsmil[0].positiveBag: its rows differ in length.'],
    ['a wrong feature size', ({ dsmil }) => (dsmil[0].featureSize = 7), expect.stringContaining('dsmil[0].initialParameters.i_classifier.fc.0.weight: shape [1, 7] is needed, shape [1, 16] is there')],
    ['a missing parameter', ({ dsmil }) => delete dsmil[1].initialParameters['b_classifier.lin.0.bias'], expect.stringContaining('lin.0.bias: shape [32] is needed, nothing is there')],
    ['a parameter too many', ({ dsmil }) => (dsmil[0].initialParameters['extra'] = [[1]]), expect.stringContaining('extra: nothing is needed, shape [1, 1] is there')],
    ['a short gradient', ({ supcon }) => supcon[0].gradient.pop(), expect.stringContaining('supcon[0].gradient: it has')],
  ])('are refused with %s', async (_name, change, what) => {
    await expect(verifyGolden(changed(change), engine)).rejects.toEqual(invalid(what));
  });
});
