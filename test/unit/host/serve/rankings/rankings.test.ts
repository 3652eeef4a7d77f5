import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rankingAnswers } from '../../../../../src/host/serve/rankings/index.js';
import { meanPairLoss, summariseBag } from '../../../../../src/mil/losses/index.js';
import { experimentSchema } from '../../../../../src/shared/experiment/index.js';
import { roundFiles, roundFolder } from '../../../../../src/shared/run/layout.js';
import { readScores } from '../../../../../src/training/tables.js';
import { writeScoredRun } from '../../../../fixtures/scored-run.js';

const folder = mkdtempSync(path.join(tmpdir(), 'hardmine-rankings-'));
const { rankingOverview, rankingPair, rankHistory, slidePairsCsv, patchPairsCsv } = rankingAnswers();
let run: string;
beforeAll(async () => {
  run = await writeScoredRun(folder, { slides: 20, patchesPerSlide: 300, rounds: 3 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const scores = (round: number) => readScores(path.join(run, roundFolder(round), roundFiles.scores));
const cells = (csv: string) => csv.trimEnd().split('\n').slice(1).map((line) => line.split(','));

describe('the ranking of a round', () => {
  it('comes to the ranking loss over all pairs of train slides', async () => {
    const { loss } = experimentSchema.parse({ name: 'fixture', cohort: { table: 'cohort.csv' } });
    const table = await scores(2);
    const bags = [...new Set(table.slide)].flatMap((id) => {
      const start = table.slide.indexOf(id);
      const rows = [start, table.slide.lastIndexOf(id) + 1] as const;
      return table.split[start] === 'train' ? [{ label: table.label[start], bag: summariseBag(0, table.logit.subarray(...rows), loss) }] : [];
    });
    const mean = meanPairLoss(bags.filter(({ label }) => label === 1).map(({ bag }) => bag), bags.filter(({ label }) => label === 0).map(({ bag }) => bag), loss);
    const overview = await rankingOverview({ run, round: 2, split: 'train' });
    expect(overview.meanHinge).toBeCloseTo(mean!.ranking, 10);
    expect(overview).toMatchObject({ round: 2, rounds: [1, 2, 3], selectedRound: 3, splits: ['train', 'validation', 'test'], pairCount: 64, patches: 16 * 300, hardNegativeThreshold: 0.5 });
  });

  it('lists pairs from the largest shortfall down, and counts each patch once in either histogram', async () => {
    const { pairs, slides, histograms, patches } = await rankingOverview({ run, split: 'train' });
    expect([...pairs.shortfall]).toEqual([...pairs.shortfall].sort((a, b) => b - a));
    expect(pairs.shortfall[0]).toBe(Math.max(...pairs.shortfall));
    for (const [at, place] of pairs.positive.entries()) expect([slides.labels[place], slides.labels[pairs.negative[at]!]]).toEqual([1, 0]);
    for (const { positive, negative } of [histograms.logit, histograms.probability]) {
      expect([...positive, ...negative].reduce((sum, count) => sum + count, 0)).toBe(patches);
      expect(positive).toHaveLength(negative.length);
    }
  });

  it('takes the selected round, newest where there is none, and the test scores for test slides', async () => {
    expect((await rankingOverview({ run, split: 'validation' })).round).toBe(3);
    const test = await rankingOverview({ run, round: 1, split: 'test' });
    expect(test).toMatchObject({ round: 3, hardNegativeThreshold: null });
    expect(test.slides.ids).toHaveLength(20);
  });

  it('says what to do where there are no scores', async () => {
    await expect(rankingOverview({ run, round: 9, split: 'train' })).rejects.toMatchObject({ code: 'file-missing' });
    await expect(rankingPair({ run, split: 'train' }, 'slide-0000', 'nobody')).rejects.toMatchObject({ code: 'slide-missing' });
  });
});

describe('a pair of slides', () => {
  const subject = () => ({ run, round: 3, split: 'train' as const });

  it('shows the top K with where they lie, what is true of them, and how far each pair falls short', async () => {
    const { slides, pairs } = await rankingOverview(subject());
    const [positive, negative] = [slides.ids[pairs.positive[0]!]!, slides.ids[pairs.negative[0]!]!];
    const pair = await rankingPair(subject(), positive, negative);
    expect(pair.shortfall).toBe(pairs.shortfall[0]);
    const table = await scores(3);
    const start = table.slide.indexOf(positive);
    expect([...pair.positive.indices].map((index) => table.rank[start + index])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([...pair.positive.x]).toEqual([...pair.positive.indices].map((index) => table.x[start + index]));
    expect(pair.positive.truth.filter((truth) => truth === 1)).toHaveLength(slides.trulyPositive[pairs.positive[0]!]!);
    const beyond = pair.shortfalls.filter((shortfall) => shortfall > 0).length / pair.shortfalls.length;
    expect(pairs.violated[0]).toBeCloseTo(beyond, 6);
  });

  it('follows patches over the rounds', async () => {
    const id = 'slide-0003';
    const indices = Int32Array.of(5, 17, 250);
    const history = await rankHistory(subject(), id, indices);
    expect([...history.rounds]).toEqual([1, 2, 3]);
    for (const [row, round] of history.rounds.entries()) {
      const table = await scores(round);
      const start = table.slide.indexOf(id);
      expect([...history.ranks.subarray(row * 3, row * 3 + 3)]).toEqual([...indices].map((index) => table.rank[start + index]));
    }
  });

  it('is saved with every pair', async () => {
    const all = cells(await slidePairsCsv(subject()));
    expect(all).toHaveLength(64);
    const [round, split, positive, negative, positiveMean, negativeMean, margin, shortfall, hinge] = all[7]!;
    expect([round, split]).toEqual(['3', 'train']);
    expect(Number(shortfall)).toBeCloseTo(Number(margin) - Number(positiveMean) + Number(negativeMean), 10);
    expect(Number(hinge)).toBe(Math.max(0, Number(shortfall)));
    const patches = cells(await patchPairsCsv(subject(), positive!, negative!));
    expect(patches).toHaveLength(100);
    expect(patches.reduce((sum, row) => sum + Number(row.at(-1)), 0) / 100).toBeCloseTo(Number(shortfall), 10);
  });
});
