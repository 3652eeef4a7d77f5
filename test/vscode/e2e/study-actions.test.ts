import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentInput } from '../../../src/shared/experiment/index.js';
import { extensionFolder, openLab, type Lab } from '../harness/lab.js';
import { picturesInThemes } from '../harness/pictures.js';
import { drawTinyCohort } from '../harness/tiny-cohort.js';
import { chooseInMenu, openFile, runCommand, webviewFrame } from '../harness/workbench.js';

const patient = { timeout: 120_000 };

/** Two seeds of the tiny experiment, trained one after the other, another of long runs, and a picture that is no slide. */
async function furnish(workspace: string): Promise<void> {
  const tiny = JSON.parse(readFileSync(await drawTinyCohort(workspace), 'utf8')) as ExperimentInput;
  const write = (name: string, change: Partial<ExperimentInput>): string => {
    const file = path.join(workspace, `${name}.mil.json`);
    writeFileSync(file, JSON.stringify({ ...tiny, name, seeds: [1, 2], mining: { rounds: 1 }, ...change }));
    return file;
  };
  execFileSync(process.execPath, [path.join(extensionFolder, 'dist/mil.js'), 'train', write('seeds', {})], { stdio: ['ignore', 'ignore', 'inherit'] });
  write('long', { optimizer: { epochs: 100_000, lr: 1e-3, patience: 0 } });
  writeFileSync(path.join(workspace, 'notes.tiff'), 'no picture at all');
}

describe('what can be done with a study', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ settings: { 'workbench.colorTheme': 'Dark Modern' }, fill: furnish });
    await runCommand(lab.page, 'View: Show MIL');
  });
  afterAll(() => lab?.close());

  const node = (name: string) => lab.page.getByRole('treeitem', { name: new RegExp(`^Study ${name}`) });
  const dialog = () => lab.page.locator('.monaco-dialog-box');
  const inWorkspace = (name: string): string => path.join(lab.profile.workspace, name);
  const names = (folder: string): string[] => (existsSync(inWorkspace(folder)) ? readdirSync(inWorkspace(folder)).filter((name) => !name.startsWith('.')) : []);
  const rows = () => lab.page.locator('.quick-input-list .monaco-list-row');

  it('compares two of its runs with statistics, chosen from a list', async () => {
    await node('seeds').waitFor(patient);
    await runCommand(lab.page, 'MIL: Compare with Statistics…');
    await lab.page.locator('.quick-input-widget').getByText('Compare with Statistics').waitFor(patient);
    expect(await rows().count()).toBe(3);
    for (const row of [1, 2]) await rows().nth(row).locator('.monaco-custom-toggle, input[type=checkbox]').first().click();
    await lab.picture('compare-statistics-choose');
    await lab.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await rows().filter({ hasText: 'DeLong' }).click(patient);
    const preview = await webviewFrame(lab.page, 'h1:has-text("2 runs compared by AUROC")', 60_000);
    expect(await preview.locator('table').count()).toBe(2);
    await picturesInThemes(lab, 'compare-statistics');
    await lab.page.keyboard.press('Escape');
  });

  it('opens a TIFF as a slide, and offers other editors for one that is none', async () => {
    await openFile(lab.page, 'notes.tiff');
    const failed = await webviewFrame(lab.page, '.failure', 60_000);
    await picturesInThemes(lab, 'not-a-slide', failed);
    await failed.getByRole('button', { name: 'Open With…' }).click();
    await rows().filter({ hasText: 'Text Editor' }).waitFor(patient);
    await lab.page.keyboard.press('Escape');
  });

  it('counts its runs while they train, and stops them', async () => {
    await runCommand(lab.page, 'MIL: Start Training Run');
    await rows().filter({ hasText: 'long.mil.json' }).click(patient);
    await node('long').waitFor(patient);
    await runCommand(lab.page, 'Notifications: Show Notifications');
    const told = lab.page.locator('.notifications-center .notification-list-item').filter({ hasText: /Training long.*0 of 2 runs done/ });
    await told.waitFor(patient);
    await lab.picture('study-progress');
    await told.getByRole('button', { name: 'Cancel' }).click();
    await dialog().getByText('Stop long?').waitFor(patient);
    await dialog().getByRole('button', { name: 'Stop', exact: true }).click();
    await node('long').filter({ hasNotText: 'Running' }).waitFor(patient);
    const runs = (): string => execFileSync(process.execPath, [path.join(extensionFolder, 'dist/mil.js'), 'runs', '--json'], { cwd: lab.profile.workspace, encoding: 'utf8' });
    await expect.poll(runs, { timeout: 120_000, interval: 2000 }).toContain('interrupted');
    // The study has stopped, not its first run alone: the second seed does not begin.
    expect(runs()).not.toMatch(/"state": "running"/);
    expect(names('.mil/runs').filter((name) => /long.*s2$/.test(name))).toEqual([]);
  });

  it('is deleted alone or with its runs, after a question', async () => {
    await runCommand(lab.page, 'View: Show MIL');
    const asked = (): Promise<void> => dialog().getByText('Delete the study seeds?').waitFor({ timeout: 15_000 });
    await chooseInMenu(lab.page, node('seeds'), 'Delete Study…', asked);
    await lab.picture('delete-study');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    const before = names('.mil/runs').length;
    await chooseInMenu(lab.page, node('seeds'), 'Delete Study…', asked);
    await dialog().getByRole('button', { name: 'Delete Study and Its Runs' }).click();
    const forGood = dialog().getByRole('button', { name: 'Delete Permanently' });
    const gone = node('seeds').waitFor({ state: 'detached', ...patient });
    await Promise.race([forGood.click(patient).catch(() => undefined), gone]);
    await gone;
    expect(names('.mil/runs')).toHaveLength(before - 2);
    expect(names('.mil/studies').filter((name) => name.endsWith('seeds'))).toEqual([]);
  });
});
