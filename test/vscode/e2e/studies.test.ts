import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentInput } from '../../../src/shared/experiment/index.js';
import { extensionFolder, openLab, type Lab } from '../harness/lab.js';
import { picturesInThemes } from '../harness/pictures.js';
import { drawTinyCohort } from '../harness/tiny-cohort.js';
import { chooseInMenu, runCommand } from '../harness/workbench.js';

/** Two seeds of the tiny experiment, trained one after the other. */
async function trainStudy(workspace: string): Promise<void> {
  const tiny = JSON.parse(readFileSync(await drawTinyCohort(workspace), 'utf8')) as ExperimentInput;
  const file = path.join(workspace, 'seeds.mil.json');
  writeFileSync(file, JSON.stringify({ ...tiny, name: 'seeds', seeds: [1, 2], mining: { rounds: 1 } }));
  execFileSync(process.execPath, [path.join(extensionFolder, 'dist/mil.js'), 'train', file], { stdio: ['ignore', 'ignore', 'inherit'] });
}

describe('a study', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ fill: trainStudy });
    await runCommand(lab.page, 'View: Show MIL');
  });
  afterAll(() => lab?.close());

  const node = () => lab.page.getByRole('treeitem', { name: /^Study seeds/ });

  it('stands in the tree with its number and its runs', async () => {
    await node().waitFor();
    expect(await node().getAttribute('aria-label')).toMatch(/AUROC \d\.\d+ ± \d\.\d+.*2 of 2 runs done/);
    await node().click();
    await lab.page.keyboard.press('ArrowRight');
    for (const seed of [1, 2]) await lab.page.getByRole('treeitem', { name: new RegExp(`Seed ${seed}`) }).waitFor();
    expect(await picturesInThemes(lab, 'study')).toEqual([]);
  });

  it('opens its report', async () => {
    const tab = lab.page.locator('.tab').filter({ hasText: /report/i }).first();
    await chooseInMenu(lab.page, node(), 'Open Report', () => tab.waitFor({ timeout: 15_000 }));
  });
});
