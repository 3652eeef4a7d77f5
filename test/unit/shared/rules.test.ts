import { describe, expect, it } from 'vitest';
import { experimentSchema, type ExperimentInput } from '../../../src/shared/experiment/index.js';
import { parseExperiment } from '../../../src/shared/experiment/parse.js';
import { checkRules } from '../../../src/shared/experiment/rules.js';

const base: ExperimentInput = { name: 'a', cohort: { table: 'c.csv' } };
const found = (change: Partial<ExperimentInput>): string[] => checkRules(experimentSchema.parse({ ...base, ...change })).map(({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`);

describe('rules between fields', () => {
  it('have nothing against the defaults', () => {
    expect(found({})).toEqual([]);
  });

  it.each<[Partial<ExperimentInput>, string]>([
    [{ tiling: { size: 64, overlap: 64 } }, 'error overlap-too-large tiling.overlap'],
    [{ cohort: { table: 'c.csv', classes: ['x', 'x'] } }, 'error classes-equal cohort.classes'],
    [{ split: { validation: 0.5, test: 0.5 } }, 'error split-without-training split'],
    [{ split: { validation: 0.9, test: 0.1 } }, 'error split-without-training split'],
    [{ mining: { positiveRatio: { from: 0.5, to: 0.2 } } }, 'error positive-ratio-falls mining.positiveRatio.to'],
    [{ mining: { rounds: 4 } }, 'warning warmup-never-ends mining.positiveRatio.warmup'],
    [{ mining: { refreshEvery: 11 } }, 'warning mined-once mining.refreshEvery'],
    [{ finetune: { enabled: false } }, 'warning rounds-without-learning mining.rounds'],
    [{ encoder: { kind: 'features', folder: 'f' } }, 'warning rounds-without-learning mining.rounds'],
    [{ encoder: { kind: 'onnx', file: 'e.onnx', adapter: null } }, 'warning rounds-without-learning mining.rounds'],
    [{ loss: { bag: 0, instance: 0, ranking: 0 } }, 'error loss-all-zero loss'],
    [{ loss: { topK: 5000 } }, 'warning top-k-large loss.topK'],
    [{ augmentations: { crop: [0.9, 0.5] } }, 'error crop-reversed augmentations.crop'],
    [{ evaluation: { bootstrap: 20 } }, 'warning bootstrap-small evaluation.bootstrap'],
  ])('%j → %s', (change, expected) => {
    expect(found(change)).toEqual([expected]);
  });

  it('leave a given split file alone', () => {
    expect(found({ split: { validation: 0.5, test: 0.5, file: 'split.csv' } })).toEqual([]);
  });

  it('stand at the value they speak about; a warning alone leaves the experiment usable', () => {
    const { experiment, diagnostics } = parseExperiment('name: a\ncohort:\n  table: c.csv\nmining:\n  rounds: 3\n', 'x.mil.yaml');
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'warmup-never-ends', place: { file: 'x.mil.yaml', line: 5, column: 3 } }]);
    expect(experiment?.mining.rounds).toBe(3);
  });
});
