import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asClasses } from '../../unit/report/class-result.js';
import { lossLine, writeLongRun } from '../../fixtures/long-run.js';
import { finishedRun } from '../harness/finished-run.js';
import { openLab, type Lab } from '../harness/lab.js';
import { picturesInThemes } from '../harness/pictures.js';
import { runCommand, webviewFrame } from '../harness/workbench.js';

const events = 20_001;

/** A run beside a finished one: of another time and name, with one setting changed. @param started ms after the other. */
function copyOf(run: string, name: string, folder: string, started: number): string {
  const copy = path.join(path.dirname(run), folder);
  cpSync(run, copy, { recursive: true });
  const change = (file: string, edit: (content: { [key: string]: never }) => object): void => writeFileSync(path.join(copy, file), JSON.stringify(edit(JSON.parse(readFileSync(path.join(copy, file), 'utf8')) as { [key: string]: never })));
  change('status.json', (status) => ({ ...status, name, started: (status.started as number) + started }));
  change('experiment.json', (experiment) => ({ ...experiment, mining: { ...(experiment.mining as object), hardNegativeRatio: 0.1 } }));
  return copy;
}

describe('the dashboard', () => {
  let lab: Lab;
  let frame: Frame;
  let long: string;
  beforeAll(async () => {
    lab = await openLab({
      async fill(workspace) {
        const run = await finishedRun(workspace);
        copyOf(run, 'other', '20991231-235959-other', 1);
        asClasses(copyOf(run, 'subtypes', '20000102-000000-subtypes', -1000), 4);
        long = writeLongRun(path.join(workspace, '.mil/runs/20000101-000000-long'), { events, rounds: 4, state: 'running' });
      },
    });
    await runCommand(lab.page, 'MIL: Open Dashboard');
    frame = await webviewFrame(lab.page, '#chart-loss-total canvas');
  });
  afterAll(() => lab?.close());

  const figure = (id: string) => frame.locator(`#chart-${id}`);
  const summary = async (id: string) => (await figure(id).locator('canvas').getAttribute('aria-label')) ?? '';

  it('draws what the newest run says and tells its result', async () => {
    expect(await frame.locator('.run h2').allTextContents()).toEqual(['other']);
    expect(await frame.locator('.run-state').textContent()).toContain('Done');
    expect(await frame.locator('.headline').textContent()).toMatch(/^Validation AUROC: .*Test AUROC: .*Round \d+, chosen by validation/);
    // Curves are in sight at once.
    for (const id of ['loss-total', 'auroc']) expect((await figure(id).boundingBox())!.y, id).toBeLessThan(600);
    await frame.getByRole('button', { name: 'All numbers' }).click();
    expect(await frame.locator('.result').textContent()).toContain('Shown is round');
    expect(await frame.locator('.result thead th').allTextContents()).toEqual(['Metric', 'Validation', 'Test']);
    const statistics = frame.getByRole('table', { name: 'Calibration and operating points' });
    expect(await statistics.locator('thead th').allTextContents()).toEqual(['Metric', 'Validation', 'Test']);
    expect(await statistics.getByRole('rowheader').allTextContents()).toEqual(expect.arrayContaining(["AUROC with DeLong's interval", 'Sensitivity at 90 % specificity on validation', 'Calibration slope (1 is right)']));
    expect(await frame.locator('.statistics').textContent()).toContain('95 % intervals: DeLong');
    await frame.getByRole('tab', { name: 'Curves' }).click();
    await figure('memory').waitFor();
    for (const id of ['loss-total', 'loss-ranking', 'loss-contrastive', 'auroc', 'patch-auroc', 'ratio', 'bank', 'turnover', 'stage-time', 'memory']) expect(await figure(id).locator('canvas').count(), id).toBe(1);
    expect(await summary('loss-total')).toMatch(/training: 10 points up to Epoch 10/);
  });

  it('looks right and has nothing against it in any theme', async () => {
    expect(await picturesInThemes(lab, 'dashboard', frame)).toEqual([]);
  });

  it('switches a series off by the keyboard', async () => {
    const training = figure('loss-total').getByRole('button', { name: 'training' });
    await training.focus();
    await lab.page.keyboard.press('Space');
    expect(await training.getAttribute('aria-pressed')).toBe('false');
    expect(await summary('loss-total')).not.toContain('training');
    expect(await summary('loss-bag')).toContain('training');
  });

  it('says the values of a point, and zooms, by keys alone', async () => {
    await figure('loss-bag').locator('.plot').focus();
    for (const key of ['Home', 'ArrowRight']) await lab.page.keyboard.press(key);
    expect(await figure('loss-bag').locator('[aria-live]').textContent()).toMatch(/^Epoch 2: training 0\.\d+, validation 0\.\d+$/);
    await lab.page.keyboard.press('+');
    await figure('loss-total').getByRole('button', { name: 'Show all' }).waitFor();
  });

  it('shows a chart as a table of the same numbers', async () => {
    await figure('memory').getByRole('button', { name: 'Show as table' }).click();
    const cells = await figure('memory').locator('tbody tr').first().locator('td').allTextContents();
    expect(cells).toHaveLength(2);
    expect(cells[1]).toMatch(/\d+ MB/);
  });

  it('comes back after a reload as it was', async () => {
    // In a browser VS Code writes its storage down every five seconds.
    await lab.page.waitForTimeout(6000);
    await lab.reload();
    frame = await webviewFrame(lab.page, '#chart-loss-total canvas');
    expect(await figure('loss-total').getByRole('button', { name: 'training' }).getAttribute('aria-pressed')).toBe('false');
    await figure('memory').locator('table').waitFor();
    await figure('loss-bag').getByRole('button', { name: 'Show all' }).click();
    await figure('loss-bag').getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' });
  });

  it('compares runs: sortable, with only the settings that differ', async () => {
    await runCommand(lab.page, 'MIL: Compare Runs');
    const list = lab.page.locator('.quick-input-widget');
    await list.getByText('Runs to show together').waitFor();
    await lab.page.keyboard.press('Enter');
    const table = frame.locator('#panel table');
    await table.getByRole('rowheader', { name: 'B · tiny' }).waitFor();
    await table.getByRole('button', { name: 'mining.hardNegativeRatio' }).waitFor();
    expect(await table.getByRole('columnheader').filter({ hasText: '.' }).allTextContents()).toEqual(['mining.hardNegativeRatio']);
    const names = () => table.getByRole('rowheader').allTextContents();
    expect(await names()).toEqual(['A · other', 'B · tiny']);
    await table.getByRole('button', { name: 'mining.hardNegativeRatio' }).click();
    await table.getByRole('button', { name: 'mining.hardNegativeRatio' }).click();
    expect(await names()).toEqual(['B · tiny', 'A · other']);
    expect(await picturesInThemes(lab, 'dashboard-comparison', frame)).toEqual([]);
    await frame.getByRole('tab', { name: 'Curves' }).click();
    expect(await summary('auroc')).toMatch(/A · other: .*B · tiny: /);
    for (const id of ['loss-total', 'auroc', 'loss-bag']) await expect.poll(() => frame.evaluate<boolean>(`((canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0))(document.querySelector('#chart-${id} canvas'))`), { message: id }).toBe(true);
    await lab.picture('dashboard-two-runs');
  });

  it('tells a run of three classes, each against the rest', async () => {
    await runCommand(lab.page, 'View: Show MIL');
    await lab.page.getByRole('treeitem', { name: /subtypes/ }).first().dblclick();
    await frame.locator('.headline').getByText('Test AUROC, mean over classes: ').waitFor();
    await lab.picture('dashboard-classes-curves');
    await frame.getByRole('tab', { name: 'Result' }).click();
    // Four patients have the third class: no interval stands behind its number, nor behind the means.
    await frame.getByRole('row', { name: /AUROC of "solid"/ }).getByText('too few patients for an interval, n = 4').first().waitFor();
    const solid = frame.locator('details').filter({ hasText: 'Class "solid" against the rest' });
    await solid.locator('summary').click();
    await solid.getByRole('rowheader', { name: "AUROC with DeLong's interval" }).waitFor();
    expect(await picturesInThemes(lab, 'dashboard-classes', frame)).toEqual([]);
    for (const name of ['Curves', 'Result']) await frame.getByRole('tab', { name }).click();
    expect(await solid.getAttribute('open')).not.toBeNull();
    await frame.getByRole('tab', { name: 'Curves' }).click();
  });

  it('follows a long journal as it grows, and says where it is damaged', async () => {
    await runCommand(lab.page, 'View: Show MIL');
    await lab.page.getByRole('treeitem', { name: /long/ }).first().dblclick();
    const says = (words: string) => figure('loss-total').locator(`canvas[aria-label*="${words}"]`).waitFor();
    await frame.getByText('Running').waitFor();
    await says('validation: 10000 points');
    appendFileSync(path.join(long, 'events.jsonl'), lossLine(events + 1, 5, 1, 'validation', 0.5));
    await says('validation: 10001 points up to Epoch 10001');
    await lab.picture('dashboard-long');
    appendFileSync(path.join(long, 'events.jsonl'), '{"seq":1}\n');
    await frame.getByText(`Line ${events + 2} of the journal`).waitFor();
  });
});
