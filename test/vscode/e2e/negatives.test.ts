import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgementLine } from '../../../src/shared/judgements/line.js';
import { parseJudgements } from '../../../src/shared/judgements/parse.js';
import { accessibilityProblems } from '../harness/axe.js';
import { extensionFolder, openLab, type Lab } from '../harness/lab.js';
import { drawTinyCohort } from '../harness/tiny-cohort.js';
import { runCommand, setTheme, themes, webviewFrame } from '../harness/workbench.js';

describe('the view Mined Negatives', () => {
  let lab: Lab;
  let frame: Frame;
  beforeAll(async () => {
    lab = await openLab({
      async fill(workspace) {
        const file = await drawTinyCohort(workspace);
        execFileSync(process.execPath, [path.join(extensionFolder, 'dist/mil.js'), 'train', file], { stdio: 'ignore' });
      },
    });
    await runCommand(lab.page, 'MIL: Browse Mined Negatives');
    frame = await webviewFrame(lab.page, '.grid');
    await frame.locator('.patch-picture img').first().waitFor();
  });
  afterAll(() => lab?.close());

  const judgementsFile = (): string => path.join(lab.profile.workspace, 'judgements.jsonl');
  const lines = () => (existsSync(judgementsFile()) ? parseJudgements(readFileSync(judgementsFile(), 'utf8')).judgements : []);
  const selected = () => frame.locator('[role=gridcell][aria-selected=true]');
  const choice = (label: string) => frame.getByRole('combobox', { name: label });
  const press = (key: string) => lab.page.keyboard.press(key);
  const says = (words: RegExp) => frame.locator('[role=status]').filter({ hasText: words }).waitFor();
  const indexOfFocus = () => frame.evaluate<number>('Number(document.activeElement?.dataset.index)');

  async function lookAt(name: string): Promise<void> {
    for (const [kind, label] of Object.entries(themes)) {
      await setTheme(lab.page, label);
      await frame.locator(`body[data-vscode-theme-name="${label}"]`).waitFor();
      await lab.picture(`negatives-${name}-${kind}`);
      expect(await accessibilityProblems(frame)).toEqual([]);
    }
    await setTheme(lab.page, themes.dark);
  }

  it('has the keys as soon as it is there, though VS Code has only just made it', async () => {
    await expect.poll(indexOfFocus, { timeout: 30_000 }).toBe(0);
  });

  it('moves by keys, and keeps one cell in the tab order', async () => {
    await press('End');
    const last = await indexOfFocus();
    expect(last).toBeGreaterThan(5);
    await press('ArrowLeft');
    expect(await indexOfFocus()).toBe(last - 1);
    await press('Home');
    expect(await indexOfFocus()).toBe(0);
    await press('ArrowRight');
    expect(await indexOfFocus()).toBe(1);
    await press('PageDown');
    expect(await indexOfFocus()).toBeGreaterThan(1);
    expect(await frame.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
    await press('Home');
  });

  it('judges by keys, into a file that is plain to git', async () => {
    await press('3');
    await says(/Judged artefact/);
    await frame.locator('[aria-selected=true] .mark-artefact').waitFor();
    await press('ArrowRight');
    await press('1');
    await frame.locator('[aria-selected=true] .mark-confirmed-negative').waitFor();
    await press('ArrowRight');
    await press('2');
    await frame.locator('[aria-selected=true] .mark-mislabelled').waitFor();
    await press('0');
    await says(/taken back/);
    expect(await frame.locator('.grid .mark').count()).toBe(2);
    expect(lines().map(({ verdict }) => verdict)).toEqual(['artefact', 'confirmed-negative', 'mislabelled', 'none']);
    expect(lines()[0]).toMatchObject({ slide: 'S01', round: 2, run: expect.stringContaining('-tiny') });
  });

  it('shows what others write into the file, and which line cannot be read', async () => {
    appendFileSync(judgementsFile(), `${judgementLine({ ...lines()[2]!, verdict: 'artefact', time: new Date().toISOString() })}\nnonsense\n`);
    await frame.locator('[data-index="2"] .mark-artefact').waitFor();
    await frame.getByRole('alert').filter({ hasText: 'Line 6 of the judgements is passed over: This line is not JSON.' }).waitFor();
    await lookAt('judged');
  });

  it('enlarges a patch with its surroundings, outlined to the pixel, and judges there', async () => {
    await frame.locator('[data-index="0"]').click();
    await press('Space');
    const dialog = frame.getByRole('dialog');
    await dialog.locator('.large-picture img').waitFor();
    const [picture, outline] = await Promise.all(['.large-picture', '.outline'].map(async (selector) => (await dialog.locator(selector).boundingBox())!));
    expect(outline!.width).toBeCloseTo(picture!.width / 4, 1);
    expect(outline!.x - picture!.x).toBeCloseTo((picture!.width * 3) / 8, 1);
    expect(outline!.y - picture!.y).toBeCloseTo((picture!.height * 3) / 8, 1);
    await press('2');
    await dialog.getByRole('button', { name: 'Mislabelled', pressed: true }).waitFor();
    await lookAt('large');
    await dialog.focus();
    await press('ArrowRight');
    await press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await selected().getAttribute('data-index')).toBe('1');
  });

  it('explains the selected patch: its rounds, the ranking loss, its likes, which open where they lie', async () => {
    const explain = frame.getByRole('button', { name: 'Explain' });
    await explain.click();
    const told = frame.getByRole('region', { name: 'Explanation of the selected patch' });
    await told.getByRole('img', { name: /Round 1.*Round 2/i }).waitFor();
    await told.locator('.neighbour img').first().waitFor();
    await told.getByText('Nearest mined positives').waitFor();
    expect(await told.locator('.neighbour').count()).toBeGreaterThan(1);
    await lookAt('explained');
    await told.locator('.neighbour').first().focus();
    await press('Enter');
    await lab.page.locator('.editor-group-container .tab').filter({ hasText: /^S0/ }).first().waitFor();
    await explain.click();
    await told.waitFor({ state: 'detached' });
  });

  it('tries other options on the scores of the round', async () => {
    await frame.getByRole('button', { name: 'What if' }).click();
    await frame.getByRole('slider', { name: 'Hard negative ratio' }).focus();
    await press('End');
    await frame.locator('.trial-result').waitFor();
    expect(await frame.locator('.trial-result').textContent()).toMatch(/\d+ enter/);
    await selected().click();
    await press('End');
    await frame.locator('.patch-enters').first().waitFor();
    await lookAt('trial');
    await frame.getByRole('button', { name: 'Back to the bank' }).click();
    await frame.locator('.patch-enters').first().waitFor({ state: 'detached' });
    await frame.getByRole('button', { name: 'What if' }).click();
  });

  it('filters, sorts, and goes back in rounds', async () => {
    const shown = async (): Promise<number> => Number((await frame.locator('.bar .soft').textContent())!.split(' ')[0]);
    await frame.getByRole('button', { name: 'Filter' }).click();
    const negatives = await shown();
    await choice('Role').selectOption('any');
    expect(await shown()).toBeGreaterThan(negatives);
    await choice('Judgement').selectOption('artefact');
    expect(await shown()).toBe(1);
    await lookAt('filter');
    await frame.getByRole('button', { name: 'Clear filter' }).click();
    expect(await shown()).toBe(negatives);
    await choice('Sort by').selectOption('score-up');
    const scores = await frame.locator('.patch-line b').allTextContents();
    expect(scores).toEqual([...scores].sort());
    await choice('Sort by').selectOption('score');
    await frame.getByRole('button', { name: 'Filter' }).click();
    await frame.getByRole('slider', { name: 'Round' }).focus();
    await press('Home');
    await frame.getByText('Round 1 of 2').waitFor();
    await says(/Round 1/);
    expect(await frame.locator('.patch-kept').count()).toBe(0);
  });

  it('opens the slide at the patch, and comes back after a reload as it was', async () => {
    await selected().click();
    await press('Enter');
    await lab.page.locator('.editor-group-container .tab').filter({ hasText: 'S01' }).waitFor();
    await lab.reload();
    frame = await webviewFrame(lab.page, '.grid');
    await frame.getByText('Round 1 of 2').waitFor();
    await frame.locator('.patch-picture img').first().waitFor();
    expect(await frame.locator('.patch-kept').count()).toBe(0);
  });
});
