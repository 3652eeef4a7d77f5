import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeScoredRun } from '../../fixtures/scored-run.js';
import { openLab, type Lab } from '../harness/lab.js';
import { picturesInThemes } from '../harness/pictures.js';
import { runCommand, webviewFrame } from '../harness/workbench.js';

describe('the patch ranking', () => {
  let lab: Lab;
  let frame: Frame;
  beforeAll(async () => {
    lab = await openLab({ fill: (workspace) => writeScoredRun(workspace, { slides: 20, patchesPerSlide: 400, rounds: 3, patch: 48 }) });
    await runCommand(lab.page, 'MIL: Show Patch Ranking');
    frame = await webviewFrame(lab.page, '.patches');
  });
  afterAll(() => lab?.close());

  const pictures = (): Promise<unknown> => frame.waitForFunction(() => document.querySelectorAll('img.picture').length === 20 && [...document.querySelectorAll<HTMLImageElement>('img.picture')].every(({ complete, naturalWidth }) => complete && naturalWidth > 0));
  const tab = (name: string): Promise<void> => frame.getByRole('tab', { name }).click();

  it('sets the two slides that violate the margin most side by side', async () => {
    await pictures();
    const cells = frame.locator('.shortfalls td');
    expect(await cells.count()).toBe(100);
    const beyond = await frame.locator('.shortfalls td.violated').count();
    expect(await frame.locator('.shortfalls .description').textContent()).toContain(`${beyond} of 100 pairs`);
    const values = (await cells.allTextContents()).map((text) => Number(text.replace('▲', '').replace('−', '-')));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const said = Number(/(\d+\.\d+)$/.exec((await frame.locator('.formula').textContent())!)![1]);
    expect(Math.max(0, mean)).toBeCloseTo(said, 1);
  });

  it('follows patches over the rounds by keyboard', async () => {
    const first = frame.getByRole('listbox').first();
    await first.getByRole('option').first().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Space']) await lab.page.keyboard.press(key);
    await frame.getByText('Patch 4 is followed.').waitFor({ state: 'attached' });
    expect(await first.getByRole('option', { selected: true }).count()).toBe(4);
    await frame.getByRole('button', { name: 'positive 4: follow no longer' }).waitFor();
    await frame.locator('#chart-ranks').getByRole('button', { name: 'Show as table' }).click();
    expect(await frame.locator('#chart-ranks tbody tr').count()).toBe(3);
    expect(await frame.locator('#chart-ranks thead th').count()).toBe(8);
    await frame.locator('#chart-ranks').getByRole('button', { name: 'Show as chart' }).click();
  });

  it('opens another pair from the list of all', async () => {
    await tab('All slides');
    const row = frame.getByRole('table', { name: 'Pairs of slides' }).locator('tbody tr').nth(3);
    const positive = await row.locator('th').textContent();
    const negative = await row.locator('td').first().textContent();
    await row.getByRole('button').click();
    await frame.locator('.side.positive .slide-choice').getByText(positive!).waitFor();
    await frame.locator('.side.negative .slide-choice').getByText(negative!).waitFor();
    await pictures();
  });

  it('says that the loss never sees validation slides', async () => {
    await frame.getByRole('combobox', { name: 'Slides' }).selectOption('validation');
    await frame.getByRole('note').getByText('the loss never sees them').waitFor();
    await frame.getByRole('combobox', { name: 'Slides' }).selectOption('train');
    await frame.getByRole('note').waitFor({ state: 'detached' });
  });

  it('comes back after a reload as it was', async () => {
    await frame.getByRole('combobox', { name: 'Round' }).selectOption('2');
    await tab('Scores');
    await frame.locator('#chart-scores canvas').waitFor();
    // By its own command: the workbench then writes down first what views keep.
    const loaded = lab.page.waitForEvent('load');
    await runCommand(lab.page, 'Developer: Reload Window');
    await loaded;
    frame = await webviewFrame(lab.page, '#chart-scores canvas');
    expect(await frame.getByRole('combobox', { name: 'Round' }).inputValue()).toBe('2');
    await tab('Slide pair');
    await pictures();
  });

  it.each([
    ['pair', 'Slide pair'],
    ['slides', 'All slides'],
    ['scores', 'Scores'],
  ])('can be read by everybody in three themes: %s', async (part, title) => {
    await tab(title);
    if (part === 'pair') await pictures();
    expect(await picturesInThemes(lab, `ranking-${part}`, frame)).toEqual([]);
  });

  it('opens a patch in its slide by a key, with its rank told there', async () => {
    await tab('Slide pair');
    await pictures();
    const named = await frame.locator('.side.positive .slide-choice').innerText();
    await frame.getByRole('listbox').first().getByRole('option').first().focus();
    await lab.page.keyboard.press('Enter');
    const slide = await webviewFrame(lab.page, '.readouts');
    const title = (await slide.locator('h1').textContent())!;
    expect(named).toContain(title);
    await slide.getByText('1 of 400 by rank', { exact: true }).waitFor();
    await lab.picture('ranking-to-slide');
  });
});
