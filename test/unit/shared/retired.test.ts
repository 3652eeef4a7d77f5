import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../../src/shared/experiment/index.js';
import { parseExperiment } from '../../../src/shared/experiment/parse.js';
import { readKeptExperiment } from '../../../src/shared/run/experiment.js';
import { runFiles } from '../../../src/shared/run/layout.js';
import { temporaryFolder } from '../host/run/fixtures.js';

/** A run folder as it was written when there were more options. */
function runOf(loss: object, mining: object, finetune: object = {}): string {
  const folder = temporaryFolder();
  const experiment = experimentSchema.parse({ name: 'x', cohort: { table: 'cohort.csv' }, loss: { topK: 7 } });
  writeFileSync(join(folder, runFiles.experiment), JSON.stringify({ ...experiment, loss: { ...experiment.loss, ...loss }, mining: { ...experiment.mining, ...mining }, finetune: { ...experiment.finetune, ...finetune } }));
  return folder;
}

describe('options that are gone', () => {
  it('are passed over in a run that left them alone', () => {
    const experiment = readKeptExperiment(runOf({ compare: 'means', marginFrom: null }, { judgementsBind: false, leaveOutHardest: 0, diversity: { clusters: 0, pool: 4 }, scoreMemory: 0 }, { teacherMomentum: 0 }));
    expect(experiment.loss.topK).toBe(7);
    expect(experiment.loss).not.toHaveProperty('compare');
  });

  it.each<[string, object, object, object]>([
    ['compare', { compare: 'pairs' }, {}, {}], ['marginFrom', { marginFrom: 0 }, {}, {}], ['judgementsBind', {}, { judgementsBind: true }, {}], ['leaveOutHardest', {}, { leaveOutHardest: 0.1 }, {}],
    ['diversity', {}, { diversity: { clusters: 3, pool: 4 } }, {}], ['scoreMemory', {}, { scoreMemory: 0.5 }, {}], ['teacherMomentum', {}, {}, { teacherMomentum: 0.9 }],
  ])('are not passed over in a run that used them: %s', (key, loss, mining, finetune) => {
    expect(() => readKeptExperiment(runOf(loss, mining, finetune))).toThrow(key);
  });

  it('are named as such in an experiment file, with the way to take them out', () => {
    const { experiment, diagnostics } = parseExperiment('{"name": "x", "cohort": {"table": "c.csv"}, "loss": {"compare": "pairs"}}', 'x.mil.json');
    expect(experiment).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'unknown-key', message: expect.stringContaining('"compare" is no longer a key of "loss"') as string, fixes: [{ kind: 'remove', path: ['loss', 'compare'] }] }]);
  });
});
