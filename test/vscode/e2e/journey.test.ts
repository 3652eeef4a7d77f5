import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentInput } from '../../../src/shared/experiment/index.js';
import { parseJudgements } from '../../../src/shared/judgements/parse.js';
import { readStatus } from '../../../src/shared/run/read.js';
import { openLab, type Lab } from '../harness/lab.js';
import { runCommand, webviewFrame } from '../harness/workbench.js';

// One window from an empty folder to a comparison of two runs, by the keyboard but for one click. Each step stands on the one before it.
describe('the journey of a newcomer', () => {
  let lab: Lab;
  let dashboard: Frame;
  let judgedSlide: string;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(() => lab?.close());

  const inSample = (...parts: string[]): string => path.join(lab.profile.workspace, 'sample', ...parts);
  const runs = (): string[] => (existsSync(inSample('.mil/runs')) ? readdirSync(inSample('.mil/runs')).sort() : []);
  const stateOf = (index: number) => readStatus(inSample('.mil/runs', runs()[index] ?? 'none'))?.state;
  const points = async (): Promise<number> => Number(/training: (\d+)/.exec((await dashboard.locator('#chart-loss-total canvas').getAttribute('aria-label', { timeout: 120_000 })) ?? '')?.[1] ?? 0);

  it('draws the sample', async () => {
    const { page } = lab;
    await runCommand(page, 'MIL: Create Sample Experiment');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Small' }).waitFor();
    await page.locator('.quick-input-widget input').first().fill('Small');
    await page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: 'Small' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: 'sample.mil.json' }).waitFor({ timeout: 60_000 });
    expect(readdirSync(inSample('slides'))).toHaveLength(6);
  });

  it('trains on it, and sees a curve move', async () => {
    await runCommand(lab.page, 'MIL: Start Training Run');
    dashboard = await webviewFrame(lab.page, '.run', 60_000);
    const first = await points();
    expect(first).toBeGreaterThan(0);
    await expect.poll(points, { timeout: 120_000, interval: 300 }).toBeGreaterThan(first);
    await lab.picture('journey-1-training');
    await expect.poll(() => stateOf(0), { timeout: 180_000, interval: 500 }).toBe('done');
    await dashboard.locator('.headline').waitFor();
  });

  it('browses what was mined, and judges one patch', async () => {
    await runCommand(lab.page, 'MIL: Browse Mined Negatives');
    const negatives = await webviewFrame(lab.page, '.grid');
    await negatives.locator('.patch-picture img').first().waitFor();
    await negatives.locator('[role=gridcell][aria-selected=true]:focus').waitFor();
    await lab.page.keyboard.press('3');
    await negatives.locator('[aria-selected=true] .mark-artefact').waitFor();
    const { judgements } = parseJudgements(readFileSync(inSample('judgements.jsonl'), 'utf8'));
    expect(judgements.map(({ verdict }) => verdict)).toEqual(['artefact']);
    judgedSlide = judgements[0]!.slide;
  });

  it('opens that patch in its slide', async () => {
    await lab.page.keyboard.press('Enter');
    const slide = await webviewFrame(lab.page, '.patch dl', 60_000);
    expect(await slide.locator('h1').innerText()).toBe(judgedSlide);
    await slide.locator('canvas').first().waitFor();
    await lab.picture('journey-2-slide');
  });

  it('trains again with another setting: the next bank is without the artefact', async () => {
    const file = inSample('sample.mil.json');
    const experiment = JSON.parse(readFileSync(file, 'utf8')) as ExperimentInput;
    writeFileSync(file, JSON.stringify({ ...experiment, mining: { ...experiment.mining, hardNegativeRatio: 0.1 } }));
    await lab.page.keyboard.press('Control+p');
    // What is typed before it is there is lost.
    await lab.page.locator('.quick-input-widget input').first().fill('sample.mil.json');
    await lab.page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: 'sample.mil.json' }).waitFor();
    await lab.page.keyboard.press('Enter');
    await runCommand(lab.page, 'MIL: Start Training Run');
    await expect.poll(() => stateOf(1), { timeout: 240_000, interval: 500 }).toBe('done');
    expect(readFileSync(inSample('.mil/runs', runs()[1]!, 'report.md'), 'utf8')).toMatch(/artefact/);
  });

  it('compares the two runs', async () => {
    await runCommand(lab.page, 'MIL: Compare Runs');
    await lab.page.locator('.quick-input-widget').getByText('Runs to show together').waitFor();
    await lab.page.keyboard.press('Enter');
    dashboard = await webviewFrame(lab.page, '#panel table');
    const table = dashboard.locator('#panel table');
    await table.getByRole('rowheader').nth(1).waitFor();
    expect(await table.getByRole('columnheader').filter({ hasText: '.' }).allTextContents()).toEqual(['mining.hardNegativeRatio']);
    await lab.picture('journey-3-comparison');
  });
});
