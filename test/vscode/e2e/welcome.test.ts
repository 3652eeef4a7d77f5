import { afterEach, describe, expect, it } from 'vitest';
import { openLab, type Lab, type LabOptions } from '../harness/lab.js';
import { picturesInThemes } from '../harness/pictures.js';
import { drawTinyCohort } from '../harness/tiny-cohort.js';
import { runCommand } from '../harness/workbench.js';

const patient = { timeout: 60_000 };

describe('an empty side bar', () => {
  let lab: Lab;
  afterEach(() => lab?.close());

  async function sideBar(options: LabOptions): Promise<ReturnType<Lab['page']['locator']>> {
    lab = await openLab(options);
    await runCommand(lab.page, 'View: Show MIL');
    return lab.page.locator('.sidebar .pane', { hasText: 'Runs' }).first();
  }

  it('asks for a folder where none is open', async () => {
    const runs = await sideBar({ noFolder: true });
    await runs.getByRole('button', { name: 'Open Folder' }).waitFor(patient);
    await runs.getByText('Get started in five steps').waitFor(patient);
    await picturesInThemes(lab, 'welcome-no-folder');
  });

  it('asks for trust where the folder has none, and starts nothing', async () => {
    const runs = await sideBar({ asksForTrust: true, fill: drawTinyCohort });
    await runs.getByRole('button', { name: 'Manage Workspace Trust' }).waitFor(patient);
    await picturesInThemes(lab, 'welcome-untrusted');
    await lab.page.keyboard.press('F1');
    await lab.page.locator('.quick-input-widget input').first().fill('>MIL: ');
    await lab.page.locator('.quick-input-list .monaco-list-row').getByText('MIL: Check Environment', { exact: true }).waitFor(patient);
    expect(await lab.page.locator('.quick-input-list .monaco-list-row').getByText('MIL: Start Training Run', { exact: true }).count()).toBe(0);
  });
});
