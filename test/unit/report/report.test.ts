import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chartsOf } from '../../../src/report/charts.js';
import { writeReport } from '../../../src/report/index.js';
import { readMined } from '../../../src/report/mined.js';
import { readRecord } from '../../../src/report/record.js';
import { replaceJson } from '../../../src/shared/files.js';
import { roundFolder } from '../../../src/shared/run/layout.js';
import { roundMetricsSchema } from '../../../src/shared/run/metrics.js';
import { makeRun, type FixtureOptions, type FixtureSlide } from './fixtures.js';

const slides: FixtureSlide[] = [
  { id: '007', path: '007.png', label: 0 },
  { id: 'b', path: 'b.png', label: 1 },
];

/** Each 64-px patch of a slide has a colour of its own: red tells its column, green its row. */
async function drawSlide(file: string): Promise<void> {
  const pixels = Buffer.alloc(256 * 256 * 3);
  for (let y = 0; y < 256; y++) for (let x = 0; x < 256; x++) pixels.set([60 * Math.floor(x / 64), 60 * Math.floor(y / 64), 128], (y * 256 + x) * 3);
  await sharp(pixels, { raw: { width: 256, height: 256, channels: 3 } }).png().toFile(file);
}

async function run(options: FixtureOptions & { draw?: boolean } = {}): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'hardmine-report-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  if (options.draw !== false) await Promise.all(slides.map(({ path }) => drawSlide(join(root, path))));
  return makeRun(root, slides, options);
}

async function report(folder: string): Promise<{ html: string; markdown: string }> {
  await writeReport(folder, 1_795_000_500_000);
  return { html: readFileSync(join(folder, 'report.html'), 'utf8'), markdown: readFileSync(join(folder, 'report.md'), 'utf8') };
}

describe('the report of a run', () => {
  it('tells result, curves, patches, time and lineage in one file without script', async () => {
    const { html, markdown } = await report(await run());
    for (const heading of ['Result', 'Curves', 'Mined patches', 'Time', 'Lineage', 'Experiment']) expect(html).toContain(`<h2>${heading}</h2>`);
    for (const heading of ['Result', 'Rounds', 'Mined patches', 'Time', 'Lineage']) expect(markdown).toContain(`## ${heading}`);
    expect(html).not.toMatch(/<script|https?:\/\/|src="(?!data:)|href=/);
    expect(html.match(/<img src="data:image\/webp/g)).toHaveLength(16);
    expect(html).toContain('0.880 [0.790, 0.950]');
    expect(markdown).toContain('| AUROC | 0.930 [0.840, 1.000] | 0.880 [0.790, 0.950] |');
    expect(markdown).toContain('Shown is round 4, selected by this rule: the highest validation AUROC');
  });

  it('captions every figure and names every picture', async () => {
    const { html } = await report(await run());
    const figures = html.match(/<figure[\s\S]*?<\/figure>/g)!;
    expect(figures.length).toBe(6 + 16);
    for (const figure of figures) expect(figure).toContain('<figcaption>');
    for (const svg of html.match(/<svg[^>]*role="img"[\s\S]*?<\/svg>/g)!) expect(svg).toMatch(/<title id=[\s\S]*<desc id=/);
    expect(html.match(/<img /g)!.length).toBe(html.match(/alt="Patch of slide/g)!.length);
  });

  it('cuts each thumbnail from its place in the slide', async () => {
    const mined = (await readMined(await readRecord(await run())))!;
    for (const { patches } of mined.groups) {
      for (const { place, thumbnail } of patches) {
        const { x, y } = place!;
        const { data } = await sharp(thumbnail).removeAlpha().raw().toBuffer({ resolveWithObject: true });
        const middle = (80 * 160 + 80) * 3;
        expect(Math.abs(data[middle]! - 60 * (x / 64))).toBeLessThan(12);
        expect(Math.abs(data[middle + 1]! - 60 * (y / 64))).toBeLessThan(12);
      }
    }
    expect(mined.groups.map(({ role, total }) => [role, total])).toEqual([['hard-negative', 8], ['positive', 8]]);
    const scores = mined.groups[0]!.patches.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('says so where the slides are gone', async () => {
    const { html } = await report(await run({ draw: false }));
    expect(html).toContain('no picture');
    expect(html).toContain('No pictures of slide &#34;007&#34;');
    expect(html).not.toContain('<img ');
  });

  it('tells of a run that is not done what there is, and that test was not looked at', async () => {
    const { html, markdown } = await report(await run({ done: false, rounds: 2 }));
    expect(html).toContain('2 of 2 rounds are complete. The test slides have not been looked at.');
    expect(markdown).not.toContain('Test (looked at once)');
  });

  it('is written before the first round, too', async () => {
    const { html } = await report(await run({ done: false, rounds: 1, bank: false }));
    expect(html).toContain('There is no result yet');
  });

  it('lets no message become markup', async () => {
    const { html, markdown } = await report(await run({ warning: '<img src=x onerror=alert(1)> & | more\nlines' }));
    expect(html).toContain('&#60;img src=x onerror=alert(1)&#62; &#38;');
    expect(markdown).toContain('| more lines');
  });

  it('draws an epoch that a resumed run repeated only once', async () => {
    const record = await readRecord(await run());
    const again = { ...record, events: [...record.events, ...record.events.filter((event) => event.type === 'loss' && event.round === 4)] };
    expect(chartsOf(again)).toEqual(chartsOf(record));
    expect(chartsOf(record).find(({ id }) => id === 'loss')!.series.map(({ points }) => points.length)).toEqual([80, 80]);
  });

  it('draws no line from a training to the next, rounds or restarts', async () => {
    const record = await readRecord(await run({ rounds: 2, draw: false }));
    const breaks = (events: typeof record.events) => chartsOf({ ...record, events }).find(({ id }) => id === 'loss')!.breaks;
    expect(new Set(breaks(record.events))).toEqual(new Set([20.5]));
    const restarted = record.events.map((event) => (event.type === 'loss' && event.stage === 'aggregate' && event.epoch > 12 ? { ...event, restart: 1 } : event));
    expect(new Set(breaks(restarted))).toEqual(new Set([12.5, 20.5, 32.5]));
  });

  it('says how many patches people\'s judgements left out, and why; nothing where there were none', async () => {
    const folder = await run();
    expect((await report(folder)).markdown).not.toMatch(/judged|Left out/);
    const file = join(folder, roundFolder(2), 'metrics.json');
    const metrics = roundMetricsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    replaceJson(file, { ...metrics, mining: { ...metrics.mining!, judgements: { patches: 9, artefacts: 4, mislabelled: 2, confirmed: 1, positivesLeft: 0 } } });
    const { html, markdown } = await report(folder);
    for (const text of [html, markdown]) {
      expect(text).toContain('Left out as artefact / mislabelled / no positive');
      expect(text).toContain('Round 2: people had judged 9 training patches; 6 would have been mined and were left out (4 as artefacts, 2 as mislabelled, 0 as no positives); 1 of the hard negatives are confirmed.');
    }
    expect(markdown).toMatch(/\| 2 \|.*\| 4 \/ 2 \/ 0 \|/);
    expect(markdown).toMatch(/\| 1 \|.*\| – \|/);
  });

  it('refuses a folder that is no run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hardmine-report-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    await expect(writeReport(folder)).rejects.toMatchObject({ code: 'run-damaged', place: { file: join(folder, 'experiment.json') } });
  });
});
