import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bankAnswers } from '../../../../src/host/serve/banks.js';
import { SlidePool } from '../../../../src/host/serve/slide-pool.js';
import { mineHardNegatives } from '../../../../src/mining/index.js';
import { judgementLine } from '../../../../src/shared/judgements/line.js';
import { replaceJson } from '../../../../src/shared/files.js';
import { changes } from '../../../../src/shared/rpc/banks.js';
import { roundFiles, roundFolder, runFiles } from '../../../../src/shared/run/layout.js';
import { readTable, type ScoreTable } from '../../../../src/shared/run/parquet.js';
import { readRounds } from '../../../../src/shared/run/read.js';
import { roles, scoreColumns } from '../../../../src/shared/run/tables.js';
import { trainRun } from '../../../../src/training/index.js';
import { makePatchCohort, patchExperiment } from '../../../fixtures/patch-cohort.js';
import { makeContext } from '../../../fixtures/run-context.js';

const service = bankAnswers(new SlidePool());
let folder: string;
let run: string;
let scores: ScoreTable;

beforeAll(async () => {
  folder = await makePatchCohort();
  const experiment = patchExperiment({});
  const context = makeContext(folder, experiment);
  run = context.runFolder;
  await trainRun(context);
  replaceJson(path.join(run, runFiles.experiment), experiment);
  scores = await readTable(path.join(run, roundFolder(2), roundFiles.scores), scoreColumns);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('banks, for people to browse', () => {
  it('tells how the bank grew from round to round', async () => {
    const overview = await service.bankOverview(run);
    expect(overview).toMatchObject({ name: 'patches', options: { hardNegativeRatio: 0.2, perSlideCap: 1 }, judgementsFile: path.join(folder, 'judgements.jsonl') });
    const [, second] = overview.rounds;
    expect(second).toEqual({ round: 2, ...(({ hardNegatives, positives, added, kept, dropped }) => ({ hardNegatives, positives, added, kept, dropped }))(readRounds(run)[1]!.metrics.mining!) });
  });

  it('gives the bank by score, and what it dropped behind it', async () => {
    const [overview, bank] = await Promise.all([service.bankOverview(run), service.readBank(run, 2)]);
    const { added, kept, dropped } = overview.rounds[1]!;
    const tally = (name: (typeof changes)[number]) => bank.change.filter((code) => changes[code] === name).length;
    expect([tally('new'), tally('kept'), tally('dropped')]).toEqual([added, kept, dropped]);
    for (const [place, row] of bank.row.entries()) {
      expect([bank.slides[bank.slideOf[place]!], bank.x[place], bank.y[place], bank.size[place], bank.score[place], bank.rank[place]]).toEqual([scores.slide[row], scores.x[row], scores.y[row], scores.size[row], scores.score[row], scores.rank[row]]);
      if (changes[bank.change[place]!] !== 'dropped') expect(roles[bank.role[place]!]).toBe(scores.role[row]);
    }
    const mined = [...bank.score.slice(0, added + kept)];
    expect(mined).toEqual([...mined].sort((a, b) => b - a));
    expect(bank.role.every((code) => code > 0)).toBe(true);
  });

  it('calls all of the first round new', async () => {
    expect((await service.readBank(run, 1)).change.every((code) => changes[code] === 'new')).toBe(true);
  });

  it('tries options with the selection of the rounds', async () => {
    const same = await service.trySelection(run, 2, { hardNegativeRatio: 0.2, perSlideCap: 1 });
    expect([same.enter, same.leaving.length]).toEqual([0, 0]);
    const wider = await service.trySelection(run, 2, { hardNegativeRatio: 0.5, perSlideCap: 0.3 });
    const train = scores.split.filter((split) => split === 'train').length;
    const slides = [...new Set(scores.slide.slice(0, train))];
    const expected = mineHardNegatives({ scores: scores.score.subarray(0, train), slideOf: Int32Array.from(scores.slide.slice(0, train), (slide) => slides.indexOf(slide)), labels: slides.map((slide) => scores.label[scores.slide.indexOf(slide)]!) }, 0.5, 0.3);
    expect(wider).toMatchObject({ hardNegatives: expected.patches.length, threshold: expected.threshold, stay: expected.patches.length - wider.enter });
    const mined = scores.role.flatMap((role, row) => (role === 'hard-negative' ? [row] : []));
    expect([...wider.entering.row].sort((a, b) => a - b)).toEqual([...expected.patches].filter((row) => !mined.includes(row)));
    expect([...wider.leaving]).toEqual(mined.filter((row) => !expected.patches.includes(row)));
  });

  it('tries options under the judgements of now', async () => {
    const row = scores.role.indexOf('hard-negative');
    const file = path.join(folder, 'judgements.jsonl');
    writeFileSync(file, `${judgementLine({ slide: scores.slide[row]!, x: scores.x[row]!, y: scores.y[row]!, size: scores.size[row]!, verdict: 'artefact', time: '2026-11-22T10:00:00Z' })}\n`);
    const { leaving } = await service.trySelection(run, 2, { hardNegativeRatio: 0.2, perSlideCap: 1 });
    rmSync(file);
    expect([...leaving]).toContain(row);
  });

  it('cuts patches, and a patch in the middle of what lies around it', async () => {
    const { row: rows } = await service.readBank(run, 2);
    const asked = [...rows].slice(0, 3);
    const { bytes, ends, problems } = await service.patchPictures(run, 2, asked, 32);
    expect(problems).toEqual([]);
    for (const [place, row] of asked.entries()) {
      const [picture, original] = await Promise.all([
        sharp(bytes.slice(place === 0 ? 0 : ends[place - 1], ends[place])).stats(),
        sharp(await sharp(path.join(folder, 'slides', `${scores.slide[row]}.png`)).extract({ left: scores.x[row]!, top: scores.y[row]!, width: 16, height: 16 }).toBuffer()).stats(),
      ]);
      for (const channel of [0, 1, 2]) expect(Math.abs(picture.channels[channel]!.mean - original.channels[channel]!.mean)).toBeLessThan(4);
    }
    const around = await sharp(await service.patchSurroundings(run, 2, asked[0]!, 4, 128)).metadata();
    expect([around.format, around.width, around.height]).toEqual(['jpeg', 128, 128]);
  });

  it('leaves empty what cannot be cut, and says why', async () => {
    const poor = await makePatchCohort();
    const context = makeContext(poor, patchExperiment({ mining: { rounds: 1 } }));
    await trainRun(context);
    replaceJson(path.join(context.runFolder, runFiles.experiment), context.experiment);
    rmSync(path.join(poor, 'slides'), { recursive: true });
    const { row } = await service.readBank(context.runFolder, 1);
    const { bytes, ends, problems } = await service.patchPictures(context.runFolder, 1, [row[0]!, row[1]!], 32);
    expect([bytes.length, ...ends]).toEqual([0, 0, 0]);
    expect(problems[0]).toMatch(/cannot be found/);
    rmSync(poor, { recursive: true });
  });

  it('says that there is no such round', async () => {
    await expect(service.readBank(run, 9)).rejects.toMatchObject({ code: 'file-missing' });
    await expect(service.bankOverview(mkdtempSync(path.join(tmpdir(), 'no-run-')))).rejects.toMatchObject({ code: 'file-missing' });
  });
});
