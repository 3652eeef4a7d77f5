import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRulerRun } from '../../fixtures/ruler-run.js';
import { openLab, type Lab } from '../harness/lab.js';
import { picturesInThemes } from '../harness/pictures.js';
import { finishedRun } from '../harness/finished-run.js';
import { openFile, webviewFrame } from '../harness/workbench.js';
import { measureEdges, settle } from './support/measure-edges.js';

async function openSlideOfRun(lab: Lab, slide: string): Promise<Frame> {
  await lab.page.getByRole('tab', { name: 'MIL' }).first().click();
  await lab.page.getByRole('treeitem', { name: new RegExp(`^${slide}\\b`) }).click();
  const frame = await webviewFrame(lab.page, '.patch');
  await settle(frame);
  return frame;
}

describe('what is drawn over a slide', () => {
  let lab: Lab;
  let frame: Frame;
  beforeAll(async () => {
    lab = await openLab({ fill: writeRulerRun });
    frame = await openSlideOfRun(lab, 'ruler');
    // Scores themselves as colours: red squares are far up the ramp, blue ones far down.
    await frame.getByRole('combobox', { name: 'Colour scale' }).selectOption('absolute');
    await frame.getByRole('application').focus();
  });
  afterAll(() => lab?.close());

  // Keys lead to zooms from the whole slide to eight screen pixels a slide pixel, at places that are no whole pixels.
  const views: readonly (readonly [string, readonly string[]])[] = [
    ['the whole slide', []],
    ['one step nearer', ['+']],
    ['moved', ['ArrowRight', 'ArrowDown']],
    ['three steps nearer', ['+', '+', '+']],
    ['moved back', ['ArrowLeft', 'ArrowUp', 'ArrowUp']],
    ['nearer still', ['+', '+']],
  ];

  it.each(views)('lies on its patches to the pixel: %s', async (_name, keys) => {
    for (const key of keys) await lab.page.keyboard.press(key);
    await settle(frame);
    const errors = await measureEdges(frame);
    expect(errors.count).toBeGreaterThan(100);
    // An edge is painted at the nearest pixel boundary, at most half a pixel away; a quarter is left for the blur of the pixels.
    expect(errors.largest).toBeLessThan(0.75);
    expect(Math.abs(errors.meanX)).toBeLessThan(0.2);
    expect(Math.abs(errors.meanY)).toBeLessThan(0.2);
    expect(errors.miscoloured).toBe(0);
  });

  it('goes from patch to patch by keys, and says what each is', async () => {
    await lab.page.keyboard.press('n');
    await frame.getByRole('status').filter({ hasText: 'Patch 1 of' }).waitFor();
    await lab.page.keyboard.press('n');
    await frame.getByRole('status').filter({ hasText: 'Patch 2 of' }).waitFor();
    expect(await frame.locator('.patch dl').innerText()).toContain('trusted positive');
    await lab.page.keyboard.press('Escape');
    await frame.getByText(/^\d+ patches$/).waitFor();
  });
});

describe('a slide of a run', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({
      async fill(workspace) {
        await finishedRun(workspace);
        copyFileSync(path.join(workspace, 'slides/S01.tiff'), path.join(workspace, 'alone.svs'));
        writeFileSync(path.join(workspace, 'broken.svs'), 'This was a slide once.');
      },
    });
  });
  afterAll(() => lab?.close());

  it('shows what the run says of it, in every theme', async () => {
    const frame = await openSlideOfRun(lab, 'S03');
    expect(await frame.locator('.standing').innerText()).toMatch(/Label: tumor[^]*Predicted: (normal|tumor) \(0\.\d{3}\)[^]*Split: train/);
    for (const layer of ['Patches', 'Tissue', 'Truth']) await frame.getByLabel(layer, { exact: true }).check();
    await frame.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('attention');
    await frame.getByText('Attention, coloured by percentile').waitFor();
    await frame.getByRole('combobox', { name: 'Colour scale' }).selectOption('absolute');
    await frame.locator('figcaption').filter({ hasText: /^Attention$/ }).waitFor();
    await frame.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('score');
    await frame.getByRole('combobox', { name: 'Colour scale' }).selectOption('percentile');
    expect(await picturesInThemes(lab, 'slide', frame)).toEqual([]);
  });

  it('judges the selected patch by a key, and shows what was said', async () => {
    const frame = await webviewFrame(lab.page, '.patch');
    await frame.getByRole('application').focus();
    await lab.page.keyboard.press('n');
    await frame.getByRole('status').filter({ hasText: 'Patch 1 of' }).waitFor();
    await lab.page.keyboard.press('3');
    await frame.getByRole('status').filter({ hasText: 'Judged artefact' }).waitFor();
    expect(await frame.getByRole('checkbox', { name: 'Judgements' }).isChecked()).toBe(true);
    const [line] = readFileSync(path.join(lab.profile.workspace, 'judgements.jsonl'), 'utf8').trim().split('\n');
    expect(JSON.parse(line!)).toMatchObject({ slide: 'S03', verdict: 'artefact', round: 2 });
    await lab.picture('slide-judged');
  });

  it('comes back after a reload as it was', async () => {
    await lab.reload();
    const frame = await webviewFrame(lab.page, '.patch');
    expect(await frame.getByLabel('Tissue', { exact: true }).isChecked()).toBe(true);
    expect(await frame.locator('h1').innerText()).toBe('S03');
  });

  it('opens a file by itself, with its scale', async () => {
    await openFile(lab.page, 'alone.svs');
    const frame = await webviewFrame(lab.page, '.readouts');
    await frame.getByRole('heading', { name: 'alone.svs' }).waitFor();
    await settle(frame);
    expect(await frame.locator('.scale-bar').innerText()).toMatch(/^\s*\d+ µm$/);
    expect(await frame.locator('.zoom').innerText()).toMatch(/×$/);
    expect(await frame.locator('.coordinates').innerText()).toBe('512 × 512 px · 256 µm × 256 µm');
    await lab.picture('slide-file');

    await frame.getByText('Details', { exact: true }).press('Enter');
    const panel = frame.locator('.details-panel');
    await panel.getByText('0.5 µm a pixel').waitFor();
    await panel.getByRole('button', { name: 'Measure tissue, ink and focus' }).press('Enter');
    await panel.getByText(/ mm², .* of the slide/).waitFor();
    expect(await picturesInThemes(lab, 'slide-details', frame)).toEqual([]);
  });

  it('says of a damaged file what to do', async () => {
    await openFile(lab.page, 'broken.svs');
    const frame = await webviewFrame(lab.page, '.failure');
    expect(await frame.locator('.failure').innerText()).toMatch(/This slide cannot be shown[^]*cannot be read as a slide[^]*copy it again/);
    await lab.picture('slide-broken');
  });
});
