import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  const selected = () => frame.locator('[role=gridcell][aria-selected=true]');
  const focus = () => selected().click();
  const status = () => frame.locator('[role=status]');

  it('looks right and has nothing against it in any theme', async () => {
    for (const [name, label] of Object.entries(themes)) {
      await setTheme(lab.page, label);
      await lab.picture(`negatives-${name}`);
      expect(await accessibilityProblems(frame)).toEqual([]);
    }
    await setTheme(lab.page, themes.dark);
  });
});
