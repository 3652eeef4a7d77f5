import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExperimentInput } from '../../../src/shared/experiment/index.js';
import { askHost } from '../../../src/shared/run/control.js';
import { readHolder, readStatus } from '../../../src/shared/run/read.js';
import { lives } from '../../../src/shared/run/process.js';
import { openLab, type Lab } from '../harness/lab.js';
import { picturesInThemes } from '../harness/pictures.js';
import { drawTinyCohort } from '../harness/tiny-cohort.js';
import { runCommand } from '../harness/workbench.js';

const patient = { timeout: 120_000 };

/** The tiny cohort with an experiment that trains long enough to be watched. */
async function drawLongCohort(workspace: string): Promise<void> {
  const tiny = JSON.parse(readFileSync(await drawTinyCohort(workspace), 'utf8')) as ExperimentInput;
  writeFileSync(path.join(workspace, 'long.mil.json'), JSON.stringify({ ...tiny, name: 'long', optimizer: { epochs: 3000, lr: 1e-3, patience: 0 } }));
}

function row(page: Page, words: string): Locator {
  return page.getByRole('treeitem', { name: new RegExp(`^long, ${words}`) });
}

/** What the notification centre says; toasts come and go. */
async function notification(page: Page, words: RegExp): Promise<string> {
  const item = page.locator('.notifications-center .notification-list-item').filter({ hasText: words }).first();
  if (!(await page.locator('.notifications-center.visible').isVisible())) await runCommand(page, 'Notifications: Show Notifications');
  await item.waitFor(patient);
  return item.innerText();
}

describe('runs', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ settings: { 'workbench.colorTheme': 'Dark Modern' }, fill: drawLongCohort });
    await runCommand(lab.page, 'View: Show MIL');
    await lab.page.getByRole('button', { name: 'Start Training Run' }).first().click();
    await lab.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'long.mil.json' }).click();
    await row(lab.page, 'Running').waitFor(patient);
  });
  afterEach(async () => {
    const host = readHolder(run());
    if (host && lives(host)) process.kill(host.pid, 'SIGKILL');
    await lab.close();
  });

  const run = (): string => {
    const runs = path.join(lab.profile.workspace, '.mil/runs');
    const folders = readdirSync(runs);
    expect(folders).toHaveLength(1);
    return path.join(runs, folders[0]!);
  };

  it('show where they are, also after a reload, and when another process stops them', async () => {
    const { page } = lab;
    const inBar = page.locator('.statusbar-item').filter({ hasText: /long: .* · round \d of 2/ });
    await inBar.waitFor(patient);
    expect(await notification(page, /Training long/)).toContain('Cancel');
    await lab.picture('run-going-on');
    await lab.reload();
    await row(page, 'Running').waitFor(patient);
    await inBar.waitFor(patient);
    askHost(run(), 'stop');
    await row(page, 'Stopped').waitFor(patient);
    await inBar.waitFor({ state: 'hidden', ...patient });
    await row(page, 'Stopped').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Resume' }).waitFor(patient);
    await lab.picture('run-menu');
  });

  it('that are killed say so once, with the way on', async () => {
    const { page } = lab;
    await expect.poll(() => readStatus(run())?.round, patient).toBe(1);
    process.kill(readStatus(run())!.pid, 'SIGKILL');
    await row(page, 'Lost').waitFor(patient);
    const said = await notification(page, /long was lost/);
    expect(said).toContain('its process ended without a word');
    expect(said).toMatch(/Last in its log: .*silences the rule "test-too-small"/);
    for (const name of ['Resume', 'Show Log', 'Open Dashboard']) expect(said).toContain(name);
    await picturesInThemes(lab, 'run-lost');
    expect(readStatus(run())?.state).toBe('running');
    await page.locator('.notifications-center').getByRole('button', { name: 'Resume' }).click();
    await row(page, 'Running').waitFor(patient);
    expect(readStatus(run())?.state).toBe('running');
    await lab.reload();
    await row(page, 'Running').waitFor(patient);
    expect(await page.locator('.notification-list-item').filter({ hasText: 'was lost' }).count()).toBe(0);
  });

  it('outlive the window and its server', async () => {
    const host = readHolder(run())!;
    await lab.browser.close();
    await lab.server.stop();
    expect(lives(host)).toBe(true);
    await expect.poll(() => readStatus(run())?.state, { timeout: 240_000 }).toBe('done');
  });
});
