import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSettings } from '../../../../src/host/serve/curves/settings.js';
import { RunCurves } from '../../../../src/host/serve/curves/run-curves.js';
import { runAnswers } from '../../../../src/host/serve/runs.js';
import { curveTables, type CurveTable } from '../../../../src/shared/rpc/curve-tables.js';
import type { CurvePart } from '../../../../src/shared/rpc/runs.js';
import { NumberTable } from '../../../../src/shared/run/columns.js';
import { lossLine, writeLongRun } from '../../../fixtures/long-run.js';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'curves-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const journal = (): string => join(folder, 'events.jsonl');
const started = '{"seq":1,"time":1000,"type":"run-started","name":"a","engine":"e","resumed":false}\n';
const line = (seq: number, body: object): string => `${JSON.stringify({ seq, time: 1000 + 10 * seq, ...body })}\n`;
const loss = (seq: number, round: number, epoch: number, total = 1 / seq): string => line(seq, { type: 'loss', stage: 'aggregate', round, epoch, split: 'train', total, bag: 0.5, instance: 0.25, ranking: 0, lr: 1e-3 });

function column(part: Pick<CurvePart, 'tables'>, name: CurveTable, wanted: string): number[] {
  const table = new NumberTable<string>(curveTables[name]);
  if (part.tables[name]) table.append(part.tables[name]);
  return [...table.column(wanted)];
}

describe('the curves of a run', () => {
  it('says nothing of a run without a journal', async () => {
    const part = await new RunCurves(folder).next(undefined);
    expect(part).toMatchObject({ tables: {}, more: false });
  });

  it('gives each row once, with its place over all rounds and its time since the run began', async () => {
    writeFileSync(journal(), started + loss(2, 1, 1) + loss(3, 1, 2));
    const curves = new RunCurves(folder);
    const first = await curves.next(undefined);
    expect(first.reset).toBe(true);
    expect(column(first, 'aggregate/train', 'position')).toEqual([1, 2]);
    expect(column(first, 'aggregate/train', 'elapsed')).toEqual([20, 30]);
    expect(column(first, 'aggregate/train', 'total')).toEqual([1 / 2, 1 / 3]);

    appendFileSync(journal(), loss(4, 2, 1));
    const second = await curves.next(first.cursor);
    expect(second.reset).toBe(false);
    expect(column(second, 'aggregate/train', 'position')).toEqual([3]);
    expect((await curves.next(second.cursor)).tables).toEqual({});
  });

  it('tells trainings apart, restarts within a round too', async () => {
    const restarted = (seq: number, epoch: number, restart: number) => loss(seq, 1, epoch).replace('"split"', `"restart":${restart},"split"`);
    writeFileSync(journal(), started + loss(2, 1, 1) + loss(3, 1, 2) + restarted(4, 3, 1) + restarted(5, 4, 2) + loss(6, 2, 1));
    const part = await new RunCurves(folder).next(undefined);
    expect(column(part, 'aggregate/train', 'training')).toEqual([1, 1, 1.01, 1.02, 2]);
    expect(column(part, 'aggregate/train', 'position')).toEqual([1, 2, 3, 4, 5]);
  });

  it('leaves a torn last line until it is whole', async () => {
    const whole = loss(2, 1, 1);
    writeFileSync(journal(), started + whole.slice(0, 40));
    const curves = new RunCurves(folder);
    const torn = await curves.next(undefined);
    expect(torn.tables).toEqual({});
    expect(torn.damagedLine).toBeUndefined();
    appendFileSync(journal(), whole.slice(40));
    expect(column(await curves.next(torn.cursor), 'aggregate/train', 'epoch')).toEqual([1]);
  });

  it('stops at a line that is damaged or out of sequence, names it, and goes on once it is repaired', async () => {
    writeFileSync(journal(), `${started}${loss(2, 1, 1)}{"seq":3,"ti\n${loss(4, 1, 3)}`);
    const curves = new RunCurves(folder);
    const part = await curves.next(undefined);
    expect(part.damagedLine).toBe(3);
    expect(column(part, 'aggregate/train', 'epoch')).toEqual([1]);

    writeFileSync(journal(), started + loss(2, 1, 1) + loss(3, 1, 2));
    const repaired = await curves.next(part.cursor);
    expect(repaired.damagedLine).toBeUndefined();
    expect(column(repaired, 'aggregate/train', 'epoch')).toEqual([2]);
  });

  it('counts what a resumed run repeats as it was said last', async () => {
    writeFileSync(journal(), started + loss(2, 1, 1) + loss(3, 1, 2) + loss(4, 2, 1) + loss(5, 2, 2));
    const curves = new RunCurves(folder);
    const before = await curves.next(undefined);
    appendFileSync(journal(), line(6, { type: 'run-started', name: 'a', engine: 'e', resumed: true }) + loss(7, 2, 1, 0.75));
    const after = await curves.next(before.cursor);
    expect(after.reset).toBe(true);
    expect(column(after, 'aggregate/train', 'position')).toEqual([1, 2, 3]);
    expect(column(after, 'aggregate/train', 'total')).toEqual([1 / 2, 1 / 3, 0.75]);
  });

  it('begins anew when the journal was replaced', async () => {
    writeFileSync(journal(), started + loss(2, 1, 1) + loss(3, 1, 2));
    const curves = new RunCurves(folder);
    const before = await curves.next(undefined);
    rmSync(journal());
    writeFileSync(journal(), started + loss(2, 1, 1, 9));
    const after = await curves.next(before.cursor);
    expect(after.reset).toBe(true);
    expect(column(after, 'aggregate/train', 'total')).toEqual([9]);
  });

  it('takes no line for a number that is not one, and passes over kinds of other versions', async () => {
    writeFileSync(journal(), started + line(2, { type: 'loss', stage: 'aggregate', round: 1, epoch: 'one', split: 'train', total: 1 }) + line(3, { type: 'of-the-future' }) + line(4, { type: 'memory', rss: 'much' }) + line(5, { type: 'progress', stage: 'embed', round: 1, done: 1, total: 2, unit: 'patches' }) + line(6, { type: 'memory', rss: 77 }));
    const part = await new RunCurves(folder).next(undefined);
    expect(Object.keys(part.tables)).toEqual(['memory']);
    expect(column(part, 'memory', 'rss')).toEqual([77]);
  });

  it('leaves what is not defined open', async () => {
    writeFileSync(journal(), started + line(2, { type: 'loss', stage: 'aggregate', round: 1, epoch: 1, split: 'validation', total: 0.5, auroc: null }));
    const part = await new RunCurves(folder).next(undefined);
    expect(column(part, 'aggregate/validation', 'auroc')).toEqual([NaN]);
    expect(column(part, 'aggregate/validation', 'bag')).toEqual([NaN]);
  });

  it('gives a long journal in parts that make the whole', async () => {
    writeLongRun(folder, { events: 150_001, rounds: 3 });
    const curves = new RunCurves(folder);
    let part = await curves.next(undefined);
    const epochs = column(part, 'aggregate/train', 'position');
    let parts = 1;
    for (; part.more; parts++) {
      part = await curves.next(part.cursor);
      epochs.push(...column(part, 'aggregate/train', 'position'));
    }
    expect(parts).toBeGreaterThan(2);
    expect(epochs).toEqual(Array.from({ length: 75_000 }, (_, i) => i + 1));
  });

  it('joins the state of the run, and tells when the folder holds none', async () => {
    const run = join(folder, 'run');
    mkdirSync(run);
    const { curves } = runAnswers();
    expect((await curves(run)).summary).toBeUndefined();
    writeLongRun(run, { events: 11 });
    appendFileSync(join(run, 'events.jsonl'), lossLine(12, 5, 1, 'train', 0.5));
    expect((await curves(run)).summary?.state).toBe('done');
  });
});

describe('the settings of a run', () => {
  it('are its experiment by dotted keys, without its name', () => {
    writeFileSync(join(folder, 'experiment.json'), JSON.stringify({ name: 'a', seed: 1, mining: { rounds: 3, positiveRatio: { from: 0.2 } }, cohort: { classes: ['a', 'b'] } }));
    expect(readSettings(folder)).toEqual({ seed: '1', 'mining.rounds': '3', 'mining.positiveRatio.from': '0.2', 'cohort.classes': '["a","b"]' });
  });

  it('are missed in words when the file is gone', () => {
    expect(() => readSettings(folder)).toThrow(/experiment of this run cannot be read.*Check that this is a run folder/s);
  });
});
