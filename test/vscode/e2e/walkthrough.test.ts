import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type Lab } from '../harness/lab.js';
import { picturesInThemes } from '../harness/pictures.js';
import { runCommand } from '../harness/workbench.js';

/** Ids of the steps that are ticked. */
async function ticked(page: Page): Promise<string[]> {
  const done = await page.locator('[data-done-step-id].complete').evaluateAll((boxes) => boxes.map((box) => box.getAttribute('data-done-step-id') ?? ''));
  return done.map((id) => id.split('#').at(-1)!);
}

describe('a newcomer', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ settings: { 'workbench.colorTheme': 'Dark Modern' } });
  });
  afterAll(() => lab?.close());

  it('is told what to do where there is no experiment', async () => {
    const { page } = lab;
    await runCommand(page, 'View: Show MIL');
    for (const name of ['Create Sample Experiment', 'New Experiment…']) await page.getByRole('button', { name }).first().waitFor();
    await picturesInThemes(lab, 'welcome');
  });

  it('goes through the walkthrough to a finished run', async () => {
    const { page } = lab;
    await runCommand(page, 'MIL: Get Started');
    await page.getByRole('heading', { name: 'Weakly supervised slides, step by step', level: 2 }).waitFor();
    await expect.poll(() => ticked(page), { timeout: 30_000 }).toEqual(['folder']);
    await picturesInThemes(lab, 'walkthrough');

    await page.getByRole('button', { name: 'Create Sample Experiment' }).first().click();
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: '6 slides of 512 px' }).click();
    await page.getByRole('tab', { name: 'sample.mil.json' }).waitFor({ timeout: 60_000 });
    await runCommand(page, 'MIL: Start Training Run');
    const run = page.locator('[id="workbench.parts.sidebar"]').getByRole('treeitem', { name: /^sample, / });
    await run.waitFor({ timeout: 60_000 });
    await page.getByRole('treeitem', { name: /^sample, Done/ }).waitFor({ timeout: 200_000 });
    await runCommand(page, 'MIL: Get Started');
    await expect.poll(() => ticked(page), { timeout: 30_000 }).toEqual(['folder', 'sample', 'train', 'watch', 'result']);
    await lab.picture('walkthrough-done');
  });
});
