import { renameSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishedRun } from '../harness/finished-run.js';
import { openLab, type Lab } from '../harness/lab.js';
import { picturesInThemes } from '../harness/pictures.js';
import { runCommand, webviewFrame } from '../harness/workbench.js';

describe('the gallery', () => {
  let lab: Lab;
  let frame: Frame;
  beforeAll(async () => {
    lab = await openLab({
      async fill(workspace) {
        await finishedRun(workspace);
        renameSync(path.join(workspace, 'slides/S06.tiff'), path.join(workspace, 'slides/S06-moved.tiff'));
      },
    });
    await runCommand(lab.page, 'MIL: Show Slide Gallery');
    frame = await webviewFrame(lab.page, '.card');
    await frame.locator('img.picture').nth(4).waitFor();
  });
  afterAll(() => lab?.close());

  const cards = () => frame.getByRole('gridcell');

  it('shows every slide with label, split and prediction, in every theme', async () => {
    expect(await cards().count()).toBe(6);
    expect(await cards().nth(2).textContent()).toMatch(/S03, Label: tumor, train, (Wrong: normal|Predicted: tumor) \(0\.\d{3}\)/);
    await frame.getByText('This slide cannot be read').waitFor();
    expect(await picturesInThemes(lab, 'gallery', frame)).toEqual([]);
  });

  it('filters, sorts and finds', async () => {
    await frame.getByRole('combobox', { name: 'Show' }).selectOption('test');
    await frame.getByText('2 of 6 slides shown').waitFor();
    await frame.getByRole('combobox', { name: 'Show' }).selectOption('all');
    await frame.getByRole('combobox', { name: 'Sort by' }).selectOption('label');
    await frame.getByText('6 of 6 slides shown').waitFor();
    const labels = await cards().evaluateAll((cells) => cells.map((cell) => /Label: (normal|tumor)/.exec(cell.textContent!)![1]));
    expect(labels).toEqual(['normal', 'normal', 'normal', 'tumor', 'tumor', 'tumor']);
    await frame.getByRole('searchbox').fill('s04');
    await frame.getByText('1 of 6 slides shown').waitFor();
    await frame.getByRole('searchbox').fill('nothing like it');
    await frame.getByText('No slide passes the filter.').waitFor();
    await frame.getByRole('searchbox').fill('');
  });

  it('comes back after a reload, and opens a slide by key', async () => {
    await lab.reload();
    frame = await webviewFrame(lab.page, '.card');
    await frame.getByText('6 of 6 slides shown').waitFor();
    await cards().first().focus();
    await lab.page.keyboard.press('ArrowRight');
    await lab.page.keyboard.press('Enter');
    const slide = await webviewFrame(lab.page, '.patch');
    expect(await slide.locator('h1').innerText()).toMatch(/^S0\d$/);
  });
});
