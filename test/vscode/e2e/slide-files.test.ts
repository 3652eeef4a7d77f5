import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeDicom } from '../../fixtures/dicom.js';
import { finishedRun } from '../harness/finished-run.js';
import { openLab, type Lab } from '../harness/lab.js';
import { chooseInMenu, openFile, runCommand, webviewFrame } from '../harness/workbench.js';
import { settle } from './support/measure-edges.js';

/** A real field of tissue as WebP; not part of the checkout. */
const field = path.resolve(__dirname, '../../../../shared/data/colon/img11.webp');
const patient = { timeout: 120_000 };

/** Names the document of a slide's view, and not that of a slide shown before it. */
const shows = (slide: string): string => `.bar h1:text-is("${slide}")`;

/** Two levels of a slide, 1024 and 512 pixels wide, a file each. */
function writeSeries(folder: string): void {
  mkdirSync(folder);
  const frames = (count: number, colour: (i: number) => number): Uint8Array[] => Array.from({ length: count }, (_, i) => new Uint8Array(256 * 256 * 3).fill(colour(i)));
  writeDicom(folder, 'fine.dcm', { width: 1024, height: 768, tile: 256, frames: frames(12, (i) => 80 + 10 * i), spacing: [0.0005, 0.0005] });
  writeDicom(folder, 'coarse.dcm', { width: 512, height: 384, tile: 256, frames: frames(4, (i) => 90 + 30 * i), spacing: [0.001, 0.001] });
}

describe('slides of a workspace', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({
      settings: { 'workbench.colorTheme': 'Dark Modern' },
      async fill(workspace) {
        await finishedRun(workspace);
        writeSeries(path.join(workspace, 'series'));
        if (existsSync(field)) cpSync(field, path.join(workspace, 'field.webp'));
      },
    });
  });
  afterAll(() => lab?.close());

  const inWorkspace = (name: string): string => path.join(lab.profile.workspace, name);

  const row = (name: string | RegExp) => lab.page.getByRole('treeitem', { name }).first();

  /** The view of a slide, opened from the context menu of its row. */
  const opened = (name: string, selector: string) => chooseInMenu(lab.page, row(name), 'Open Slide', () => webviewFrame(lab.page, selector, 15_000));

  /** Takes what the dialog shows; a folder is first gone into, and then taken. */
  async function take(): Promise<void> {
    const ok = lab.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' });
    await ok.click();
    await expect.poll(async () => {
      await ok.click({ timeout: 500 }).catch(() => undefined);
      return ok.isVisible();
    }, patient).toBe(false);
  }

  it('opens a folder of DICOM files as one slide, from its context menu', async () => {
    await runCommand(lab.page, 'View: Show MIL');
    await lab.page.getByRole('treeitem', { name: /^S03\b/ }).waitFor(patient);
    await openFile(lab.page, 'cohort.csv');
    await lab.page.getByRole('tab', { name: 'cohort.csv' }).waitFor(patient);
    const frame = await opened('series', shows('series'));
    await settle(frame);
    expect(await frame.locator('.coordinates').innerText()).toBe('1024 × 768 px · 512 µm × 384 µm');
    await frame.getByText('Details', { exact: true }).press('Enter');
    await frame.locator('.details-panel').getByText('1024 × 768 (1:1), 512 × 384 (1:2)').waitFor();
    await lab.picture('slide-dicom-folder');
  });

  it('says of a folder that holds no slide what it needs', async () => {
    const frame = await opened('truth', '.failure');
    expect(await frame.locator('.failure').innerText()).toMatch(/This slide cannot be shown[^]*DICOM/);
  });

  it('asks for a slide of the run, a file or a folder', async () => {
    await runCommand(lab.page, 'MIL: Open Slide');
    const rows = lab.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'S01' }).waitFor(patient);
    await rows.filter({ hasText: 'Choose a File…' }).waitFor();
    await rows.filter({ hasText: 'Choose a Folder of DICOM Files…' }).click();
    const box = lab.page.locator('.quick-input-widget input').first();
    await expect.poll(() => box.inputValue(), patient).toContain(lab.profile.workspace);
    await box.fill(inWorkspace('series'));
    await take();
    await webviewFrame(lab.page, shows('series'));
  });

  it('opens an image as a slide, from its context menu', async ({ skip }) => {
    if (!existsSync(field)) skip('skipped: no image of colon beside the checkout');
    const frame = await opened('field.webp', shows('field.webp'));
    await settle(frame);
    expect(await frame.locator('.coordinates').innerText()).toMatch(/^500 × 500 px/);
    await lab.picture('slide-webp');
  });

  it.each([
    ['Patches and Tissue for QuPath', 'geojson'],
    ['Heatmap of the Scores', 'png'],
    ['Heatmap of the Attention, for QuPath', 'ome.tif'],
  ])('exports of a slide: %s', async (what, ending) => {
    await runCommand(lab.page, 'View: Show MIL');
    const choice = lab.page.locator('.quick-input-list .monaco-list-row').filter({ has: lab.page.getByText(what, { exact: true }) });
    await chooseInMenu(lab.page, row(/^S03\b/), 'Export Slide…', () => choice.waitFor({ timeout: 15_000 }));
    if (ending === 'geojson') await lab.picture('export-slide');
    await choice.click();
    const box = lab.page.locator('.quick-input-widget input').first();
    await expect.poll(() => box.inputValue(), patient).toMatch(new RegExp(`S03\\.${ending}$`));
    await take();
    const file = inWorkspace(`S03.${ending}`);
    await expect.poll(() => existsSync(file), patient).toBe(true);
    if (ending === 'geojson') {
      const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: { properties: { objectType: string } }[] };
      expect(new Set(features.map(({ properties }) => properties.objectType))).toEqual(new Set(['annotation', 'tile']));
    } else {
      const { width, height } = await sharp(file).metadata();
      expect(width / height).toBe(1);
    }
  });
});
