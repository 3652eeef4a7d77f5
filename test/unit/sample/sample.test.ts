import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitCohort } from '../../../src/cohort/split.js';
import { readCohort } from '../../../src/cohort/table/cohort.js';
import { loadTruth } from '../../../src/cohort/truth/load.js';
import { sampleExperiment } from '../../../src/sample/cohort/experiment.js';
import { planCohort } from '../../../src/sample/cohort/plan.js';
import { drawSample } from '../../../src/sample/index.js';
import { experimentSchema } from '../../../src/shared/experiment/index.js';
import { Random } from '../../../src/shared/random.js';
import { buildTileGrid } from '../../../src/slides/grid.js';
import { openSlide } from '../../../src/slides/open.js';
import { findTissue } from '../../../src/slides/tissue/mask.js';

const root = mkdtempSync(join(tmpdir(), 'sample-'));
const folder = join(root, 'first');
const told: [number, number][] = [];
const options = { slides: 6, size: 640, seed: 5 };

beforeAll(async () => {
  await drawSample(folder, { ...options, onProgress: (done, total) => told.push([done, total]) });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const experiment = () => experimentSchema.parse(JSON.parse(readFileSync(join(folder, 'sample.mil.json'), 'utf8')));
const cohort = () => readCohort(experiment().cohort, folder, { needSlides: true });

/** Hash of every file below a folder, by path. */
function fingerprint(below: string): Record<string, string> {
  const files = (readdirSync(below, { recursive: true }) as string[]).filter((name) => /\.\w+$/.test(name)).sort();
  return Object.fromEntries(files.map((name) => [name, createHash('sha256').update(readFileSync(join(below, name))).digest('hex')]));
}

describe('drawSample', () => {
  it('writes slides, truth, table and experiment, and tells after each slide', () => {
    expect(Object.keys(fingerprint(folder))).toHaveLength(6 + 6 + 2);
    expect(told).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  });

  it('draws the same bytes from the same seed, others from another', async () => {
    const again = await drawSample(join(root, 'again'), options);
    expect(fingerprint(again.folder)).toEqual(fingerprint(folder));
    const other = await drawSample(join(root, 'other'), { ...options, size: 512, seed: 6 });
    expect(fingerprint(other.folder)['slides/S01.tiff']).not.toBe(fingerprint(folder)['slides/S01.tiff']);
  });

  it('refuses what cannot be split or drawn, and writes nothing', async () => {
    await expect(drawSample(join(root, 'few'), { ...options, slides: 5 })).rejects.toMatchObject({ code: 'usage' });
    await expect(drawSample(join(root, 'small'), { ...options, size: 100 })).rejects.toMatchObject({ code: 'usage' });
    expect(existsSync(join(root, 'few'))).toBe(false);
  });
});

describe('a sample slide', () => {
  it('is a tiled pyramid that says its resolution', async () => {
    const slide = await openSlide(join(folder, 'slides/S01.tiff'));
    expect(slide.mpp).toEqual({ x: 0.5, y: 0.5 });
    expect(slide.levels.map(({ width, height, downsample }) => [width, height, downsample])).toEqual([[640, 640, 1], [320, 320, 2], [160, 160, 4]]);
    await slide.close();
  });

  it('has tissue to keep and glass to reject', async () => {
    for (const { path } of (await cohort()).slides) {
      const slide = await openSlide(path);
      const mask = await findTissue(slide, 0.5, experiment().tiling.tissue);
      const share = mask.data.reduce((sum, value) => sum + value, 0) / mask.data.length;
      expect(share).toBeGreaterThan(0.3);
      expect(share).toBeLessThan(0.75);
      await slide.close();
    }
  });

  it('is pale where it is glass and holds pink and blue where it is not', async () => {
    const { data } = await sharp(join(folder, 'slides/S02.tiff')).raw().toBuffer({ resolveWithObject: true });
    const counts = { glass: 0, pink: 0, blue: 0 };
    for (let i = 0; i < data.length; i += 3) {
      const [r, g, b] = [data[i], data[i + 1], data[i + 2]];
      if (Math.min(r, g, b) > 225) counts.glass++;
      else if (r > b + 10 && r > g + 30) counts.pink++;
      else if (b > r + 15 && g < 110) counts.blue++;
    }
    const pixels = data.length / 3;
    expect(counts.glass / pixels).toBeGreaterThan(0.25);
    expect(counts.pink / pixels).toBeGreaterThan(0.1);
    expect(counts.blue / pixels).toBeGreaterThan(0.02);
  });
});

describe('the sample cohort', () => {
  it('reads without a finding and splits with both classes in each part', async () => {
    const { slides, diagnostics } = await cohort();
    expect(diagnostics).toEqual([]);
    expect(slides.map(({ label }) => label).sort()).toEqual([0, 0, 0, 1, 1, 1]);
    expect(splitCohort(slides, experiment().split, folder).diagnostics).toEqual([]);
  });

  it('splits at every number of slides', () => {
    for (const count of [6, 7, 9, 11, 12, 16, 30]) {
      const slides = planCohort(count, new Random(count)).map((slide, line) => ({ ...slide, classes: slide.label === 1 ? [0] : [], path: '', mpp: undefined, line }));
      expect(splitCohort(slides, experimentSchema.parse(sampleExperiment(count, 1024)).split, folder).diagnostics).toEqual([]);
    }
  });

  it('has truly positive patches on positive slides only, fewer than half', async () => {
    const { tiling, cohort: { truth } } = experiment();
    const source = await loadTruth(truth!, folder);
    for (const { id, path, label } of (await cohort()).slides) {
      const slide = await openSlide(path);
      const grid = await buildTileGrid(slide, 0.5, tiling);
      const positives = source.forSlide(id, grid).filter((value) => value === 1).length;
      expect(positives > 0).toBe(label === 1);
      expect(positives).toBeLessThan(grid.x.length / 2);
      await slide.close();
    }
  });
});

describe('sampleExperiment', () => {
  it('cuts slides of usual sizes into a hundred patches and more, none finer than the slide', () => {
    for (const [size, mpp] of [[512, 0.5], [1024, 0.5], [1536, 0.75], [2048, 1], [4096, 1]]) expect(sampleExperiment(6, size).tiling).toEqual({ mpp, size: 64 });
  });
});
