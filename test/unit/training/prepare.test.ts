import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentInput } from '../../../src/shared/experiment/index.js';
import { prepareCohort } from '../../../src/training/prepare.js';
import { featureExperiment, makeFeatureCohort } from '../../fixtures/feature-cohort.js';
import { makeContext } from '../../fixtures/run-context.js';

let folder: string;
beforeAll(async () => {
  ({ folder } = await makeFeatureCohort());
  // Every slide is of one site but the positive ones, and two patients are one.
  const [head, ...rows] = readFileSync(join(folder, 'cohort.csv'), 'utf8').trim().split('\n') as [string, ...string[]];
  const sites = rows.map((row, i) => `${row.replace(/,p2,/, ',P02,').replace(/,p4,/, ',p2,')},${i % 2 === 1 ? 'Leeds' : ['Bonn', 'Oslo', 'Leeds'][i % 3]}`);
  writeFileSync(join(folder, 'cohort.csv'), `${[`${head},site`, ...sites].join('\n')}\n`);
  const parts = rows.map((_, i) => `s${i},${i === 4 || i > 13 ? 'test' : i > 9 ? 'val' : 'train'}`);
  writeFileSync(join(folder, 'split.csv'), `${['slide_id,split', ...parts].join('\n')}\n`);
  copyFileSync(join(folder, 'features/s0.h5'), join(folder, 'features/s16.h5'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function journal(check: NonNullable<ExperimentInput['check']>): Promise<string[]> {
  const context = makeContext(folder, featureExperiment({ split: { file: 'split.csv' }, check }));
  await prepareCohort(context, () => undefined);
  return context.events.flatMap((event) => (event.type === 'warning' ? [`${event.code}${event.slide === undefined ? '' : ` ${event.slide}`}: ${event.message}`] : []));
}

describe('the journal of a run', () => {
  it('tells what the rules have against its cohort', async () => {
    const told = await journal({});
    for (const start of ['patient-ids-alike s4: The patients "p2" (test) and "P02" (train', 'class-in-one-site: All 9 patients of class "1" come from one site', 'validation-in-training s16: Slide "s16" (test) has the very features of slide "s0" (train', 'test-too-small: ']) {
      expect(told.filter((line) => line.startsWith(start))).toHaveLength(1);
    }
  });

  it('tells of a silenced rule its reason alone', async () => {
    const told = await journal({ ignore: [{ code: 'patient-ids-alike', reason: 'Two people of two hospitals.' }, { code: 'class-in-one-site', reason: 'A study of one centre.' }] });
    expect(told.filter((line) => /^(patient-ids-alike|class-in-one-site)/.test(line))).toEqual([]);
    expect(told.filter((line) => line.startsWith('rule-silenced'))).toEqual([
      'rule-silenced: The experiment silences the rule "patient-ids-alike". Reason given: Two people of two hospitals.',
      'rule-silenced: The experiment silences the rule "class-in-one-site". Reason given: A study of one centre.',
    ]);
    expect(told.some((line) => line.startsWith('validation-in-training s16'))).toBe(true);
  });
});
