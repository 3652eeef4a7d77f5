import { describe, expect, it } from 'vitest';
import { experimentSchema, type ExperimentInput } from '../../../src/shared/experiment/index.js';
import { checkRules } from '../../../src/shared/experiment/rules.js';

const found = (aggregator: ExperimentInput['aggregator']): string[] => checkRules(experimentSchema.parse({ name: 'a', cohort: { table: 'c.csv' }, aggregator })).map(({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`);

describe('options of an aggregator', () => {
  it.each<[ExperimentInput['aggregator'], string]>([
    [{ kind: 'dsmil', clam: { clusterSize: 4 } }, 'error aggregator-option-unused aggregator.clam.clusterSize'],
    [{ kind: 'lse', dtfd: { distillation: 'max' } }, 'error aggregator-option-unused aggregator.dtfd.distillation'],
    [{ kind: 'top-k', dropout: 0.2 }, 'error aggregator-no-dropout aggregator.dropout'],
    [{ kind: 'transmil', hidden: 20 }, 'error transmil-hidden aggregator.hidden'],
  ])('%j → %s', (aggregator, expected) => {
    expect(found(aggregator)).toEqual([expected]);
  });

  it.each<ExperimentInput['aggregator']>([
    { kind: 'clam-mb', clam: { clusterSize: 4 }, dropout: 0.25 },
    { kind: 'lse', pooling: { sharpness: 2 } },
    { kind: 'acmil', acmil: { branches: 2 } },
    { kind: 'transmil', hidden: 16 },
    experimentSchema.parse({ name: 'a', cohort: { table: 'c.csv' } }).aggregator,
  ])('has nothing against %j', (aggregator) => {
    expect(found(aggregator)).toEqual([]);
  });
});
