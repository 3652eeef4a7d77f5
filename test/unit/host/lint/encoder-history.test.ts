import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashSlide } from '../../../../src/cohort/hash.js';
import { patchesKey } from '../../../../src/training/material/patches-key.js';
import { checkWeights } from '../../../../src/host/check-weights.js';
import { encoderHistory } from '../../../../src/host/lint/encoder-history.js';
import { experimentSchema } from '../../../../src/shared/experiment/index.js';
import { temporaryFolder } from '../run/fixtures.js';
import { plantRun, plantTable } from './fixtures.js';

const slide = (id: string, patient = id) => ({ id, patient });

describe('encoderHistory', () => {
  it('knows what slides and patients were to the run', async () => {
    const folder = temporaryFolder();
    plantTable(folder);
    const history = await encoderHistory(plantRun(folder, 'first', { s0: 'train', s1: 'train', s2: 'validation', s3: 'test' }));
    expect(history?.runs).toEqual(['first']);
    expect(['s0', 's2', 's3', 's4'].map((id) => history?.seenAs(slide(id)))).toEqual(['train', 'validation', undefined, undefined]);
    expect(history?.seenAs(slide('new', 'p1'))).toBe('train');
  });

  it('follows weights through the runs before', async () => {
    const folder = temporaryFolder();
    plantTable(folder);
    const first = plantRun(folder, 'first', { s3: 'train' });
    const second = plantRun(folder, 'second', { s0: 'train', s2: 'validation', s3: 'test' }, { encoder: { kind: 'resnet', weights: first } });
    const history = await encoderHistory(second);
    expect(history?.runs).toEqual(['second', 'first']);
    expect(history?.seenAs(slide('s3'))).toBe('train');
  });

  it('passes over a run that left the weights as they were, and files that come from no run', async () => {
    const folder = temporaryFolder();
    plantTable(folder);
    const first = plantRun(folder, 'first', { s3: 'train' });
    const second = plantRun(folder, 'second', { s0: 'train' }, { encoder: { kind: 'resnet', weights: first }, finetune: { enabled: false }, mining: { rounds: 1 } });
    expect((await encoderHistory(second))?.runs).toEqual(['first']);
    expect(await encoderHistory(join(folder, 'a/b/weights.safetensors'))).toBeUndefined();
  });

  it('knows copies of weights by their content', async () => {
    const folder = temporaryFolder();
    plantTable(folder);
    writeFileSync(plantRun(folder, 'first', { s3: 'train' }), 'a'.repeat(9000));
    writeFileSync(plantRun(folder, 'second', { s4: 'train' }), `${'a'.repeat(8999)}b`);
    const copy = join(folder, 'copy.safetensors');
    writeFileSync(copy, `${'a'.repeat(8999)}b`);
    expect((await encoderHistory(copy, folder))?.runs).toEqual(['second']);
    writeFileSync(copy, 'a'.repeat(8999));
    expect(await encoderHistory(copy, folder)).toBeUndefined();
  });

  it('follows a project that was moved', async () => {
    const folder = temporaryFolder();
    const [before, now] = [join(folder, 'before'), join(folder, 'now')];
    mkdirSync(before);
    plantTable(before);
    const first = plantRun(before, 'first', { s1: 'train' });
    plantRun(before, 'second', { s0: 'train' }, { encoder: { kind: 'resnet', weights: first } });
    renameSync(before, now);
    const history = await encoderHistory(join(now, '.mil/runs/second/rounds/03/encoder.safetensors'));
    expect(history?.runs).toEqual(['second', 'first']);
    // By the table beside it: s5 is of the patient of s1.
    expect(history?.seenAs(slide('other', 'p1'))).toBe('train');
  });

  it('does not go round in circles', async () => {
    const folder = temporaryFolder();
    plantTable(folder);
    const own = join(folder, '.mil/runs/first/rounds/03/encoder.safetensors');
    plantRun(folder, 'first', { s3: 'train' }, { encoder: { kind: 'resnet', weights: own } });
    expect((await encoderHistory(own))?.seenAs(slide('s3'))).toBe('train');
  });
});

describe('checkWeights', () => {
  const check = async (before: Record<string, 'train' | 'validation' | 'test'>): Promise<string[]> => {
    const folder = temporaryFolder();
    plantTable(folder);
    writeFileSync(join(folder, 'split.csv'), ['slide_id,split', 's0,train', 's1,train', 's2,val', 's3,val', 's4,test', 's5,train'].join('\n'));
    const weights = plantRun(folder, 'first', before);
    const experiment = experimentSchema.parse({ name: 'next', cohort: { table: 'cohort.csv' }, split: { file: 'split.csv' }, encoder: { kind: 'resnet', weights } });
    return (await checkWeights(experiment, folder, () => ({}))).map(({ code, message }) => `${code}: ${message}`);
  };

  it('refuses weights that have learnt from what validates or tests here', async () => {
    expect(await check({ s0: 'train', s4: 'train', s3: 'train' })).toEqual([expect.stringMatching(/^test-used-for-selection: .*run first, .* 2 slides .* first "s3" \(train there, validation here\)/)]);
    expect(await check({ s4: 'validation', s2: 'validation' })).toEqual([expect.stringContaining('1 slide that')]);
  });

  it('takes weights of the same split', async () => {
    expect(await check({ s0: 'train', s1: 'train', s2: 'validation', s3: 'validation', s4: 'test' })).toEqual([]);
  });

  it('reads slides of other names when it may, and every run of a cross-validation', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'cohort.csv'), ['slide_id,path,label,patient_id', ...Array.from({ length: 12 }, (_, i) => `n${i},n${i}.png,${i % 2},m${i}`)].join('\n'));
    for (let i = 0; i < 12; i++) writeFileSync(join(folder, `n${i}.png`), `slide ${i}`);
    const weights = plantRun(folder, 'first', { s0: 'train' }, {}, { s0: patchesKey(await hashSlide(join(folder, 'n7.png')), undefined, experimentSchema.parse({ name: 'first', cohort: { table: 'cohort.csv' } }).tiling) });
    const experiment = experimentSchema.parse({ name: 'next', cohort: { table: 'cohort.csv' }, split: { folds: 3 }, encoder: { kind: 'resnet', weights } });
    expect(await checkWeights(experiment, folder, () => ({}))).toEqual([]);
    expect(await checkWeights(experiment, folder, () => ({}), true)).toEqual([expect.objectContaining({ severity: 'error', message: expect.stringMatching(/first "n7" .* 1 of them has another name there, but the same content\.$/) as string })]);
  });
});
