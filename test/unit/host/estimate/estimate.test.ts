import { describe, expect, it } from 'vitest';
import { checkMemory } from '../../../../src/host/check-machine.js';
import { diskOf, memoryOf } from '../../../../src/host/estimate/footprint.js';
import { resnetCost } from '../../../../src/host/estimate/resnet-cost.js';
import { workOf, type Sizes } from '../../../../src/host/estimate/work.js';
import { estimateLine, estimateRows } from '../../../../src/shared/experiment/estimate.js';
import { experimentSchema, type ExperimentInput } from '../../../../src/shared/experiment/index.js';

const experiment = (change: Partial<ExperimentInput> = {}) => experimentSchema.parse({ name: 'a', cohort: { table: 'c.csv' }, ...change });
const sizes: Sizes = { train: 60_000, validation: 20_000, test: 20_000, trainNegatives: 30_000, trainPositives: 30_000, pairs: 30, largest: 2000 };
const gigabyte = 2 ** 30;

describe('what a network costs', () => {
  it('is that of the published ResNet-18 at 224 px', () => {
    const { flops, parameters, featureSize } = resnetCost({ depth: 18, width: 1, projection: 256 }, 224);
    expect(flops / 2e9).toBeCloseTo(1.81, 1);
    expect(parameters / 1e6).toBeCloseTo(11.2 + 0.13, 1);
    expect(featureSize).toBe(512);
  });
});

describe('an estimate', () => {
  it('of memory comes near what was seen: 5.2 GB of a ResNet-18 at 224 px with 32 patches a step, 1.3 GB of stored bags of 5000 × 1024', () => {
    expect(memoryOf(experiment(), sizes, 512, '.') / gigabyte).toBeGreaterThan(4);
    expect(memoryOf(experiment(), sizes, 512, '.') / gigabyte).toBeLessThan(6.5);
    const stored = memoryOf(experiment({ encoder: { kind: 'features', folder: 'h5' } }), { ...sizes, train: 2_000_000, largest: 5000 }, 1024, '.') / gigabyte;
    expect(stored).toBeGreaterThan(1);
    expect(stored).toBeLessThan(1.7);
  });

  it('of disk is mostly the patches', () => {
    const share = (100_000 * 3 * 224 ** 2) / diskOf(experiment(), sizes, 512);
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(1);
    expect(diskOf(experiment({ encoder: { kind: 'features', folder: 'h5' } }), sizes, 512)).toBeLessThan(1e8);
  });

  it('of time grows with epochs and rounds, and leaves out what is not done', () => {
    const work = (change: Partial<ExperimentInput>) => workOf(experiment(change), sizes, 100, 512, undefined);
    expect(work({ mining: { rounds: 20 } }).aggregate! / work({ mining: { rounds: 10 } }).aggregate!).toBeCloseTo(2, 6);
    expect(work({ optimizer: { restarts: 4 } }).aggregate! / work({}).aggregate!).toBeCloseTo(5, 6);
    expect(work({ mining: { rounds: 1, positiveRatio: { warmup: 0 } } }).finetune).toBe(0);
    expect(work({ finetune: { enabled: false } }).finetune).toBe(0);
    expect(work({ encoder: { kind: 'resnet', weights: 'w.safetensors' } }).pretrain).toBe(0);
    expect(work({ encoder: { kind: 'features', folder: 'h5' } })).toMatchObject({ prepare: 0, pretrain: 0, embed: 0, finetune: 0, test: 0 });
  });

  it('is told on one line and as a table', () => {
    const found = { slides: 6, patches: { value: 1200, how: 'counted' }, time: { value: 65_000, how: 'guessed' }, stages: { embed: 5000 }, memory: { value: 2 ** 31, how: 'counted' }, disk: { value: 2 ** 20, how: 'counted' }, memoryThere: 2 ** 34, diskFree: 2 ** 35 };
    expect(estimateLine(found)).toBe('1,200 patches · about 1 min 05 s · 2.0 GB memory · 1.0 MB disk');
    expect(estimateRows(found).map(({ quantity, value }) => `${quantity}: ${value}`)).toEqual(['Patches: 1,200 of 6 slides', 'Time: about 1 min 05 s', '  Embed patches: 5.0 s', 'Memory: 2.0 GB of 16 GB', 'Disk: 1.0 MB; 32 GB are free']);
  });
});

describe('too little memory', () => {
  const placeOf = (path: readonly PropertyKey[]) => ({ file: path.join('.') });

  it('is found before the run, with a batch that fits', () => {
    const [finding, ...more] = checkMemory(experiment({ finetune: { batch: 16 } }), '.', 4 * gigabyte, placeOf);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity: 'warning', code: 'memory-short', place: { file: 'encoder.pretrain.batch' }, fixes: [{ kind: 'set', path: ['encoder', 'pretrain', 'batch'], value: 16 }] });
    expect(checkMemory(experiment({ encoder: { kind: 'resnet', pretrain: { batch: 16 } }, finetune: { batch: 16 } }), '.', 4 * gigabyte, placeOf)).toEqual([]);
  });

  it('is not said where there is enough, or where nothing is learnt', () => {
    expect(checkMemory(experiment(), '.', 16 * gigabyte, placeOf)).toEqual([]);
    expect(checkMemory(experiment({ encoder: { kind: 'features', folder: 'h5' } }), '.', gigabyte / 10, placeOf)).toEqual([]);
  });
});
