import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type Lab } from '../harness/lab.js';
import { drawTinyCohort } from '../harness/tiny-cohort.js';
import { runCommand, webviewFrame } from '../harness/workbench.js';

describe('from an experiment file to a dashboard', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ fill: drawTinyCohort });
  });
  afterAll(() => lab?.close());

  it('starts a run of the open experiment and watches it', async () => {
    const { page } = lab;
    await page.getByRole('treeitem', { name: 'tiny.mil.json' }).dblclick();
    await page.getByRole('tab', { name: 'tiny.mil.json' }).waitFor();
    await runCommand(page, 'MIL: Start Training Run');
    const frame = await webviewFrame(page, '.run');
    const chart = frame.locator('#chart-loss-total canvas');
    await chart.waitFor({ timeout: 120_000 });
    expect(await chart.getAttribute('aria-label')).toMatch(/training: [1-9]/);
  });
});
