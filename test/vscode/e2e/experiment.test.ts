import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { finishedRun } from '../harness/finished-run.js';
import { openLab, type Lab } from '../harness/lab.js';
import { runCommand, setTheme, themes } from '../harness/workbench.js';

const json = `// an experiment with comments
{
  "name": "mistakes",
  "sede": 3,
  "cohort": { "table": "cohort.csv", "classes": ["normal", "tumor"] },
  "encoder": { "kind": "resnet", "depth": 50 },
  "loss": { "topK": 5, "margin": 2 },
  "mining": { "rounds": "ten" }
}
`;
const yaml = 'name: mistakes\ncohort:\n  table: cohort.csv\n  classes: [normal, tumor]\nloss:\n  topK: 5\n\n';

describe('experiment files in the editor', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({
      settings: { 'editor.minimap.enabled': false },
      async fill(workspace) {
        await finishedRun(workspace);
        writeFileSync(path.join(workspace, 'mistakes.mil.json'), json);
        writeFileSync(path.join(workspace, 'mistakes.mil.yaml'), yaml);
      },
    });
  });
  afterAll(() => lab?.close());

  const open = async (name: string): Promise<void> => {
    await lab.page.getByRole('treeitem', { name, exact: true }).dblclick();
    await lab.page.getByRole('tab', { name }).waitFor();
  };
  /** Points at a word until its hover is there: what moves the line meanwhile, such as a lens above the file, takes the hover away. */
  const hover = async (word: string): Promise<Locator> => {
    const shown = lab.page.locator('.monaco-hover:visible .hover-contents');
    const wanted = shown.filter({ hasText: 'Differs from the paper' }).first();
    await vi.waitFor(async () => {
      await lab.page.mouse.move(5, 5);
      await lab.page.locator('.view-line span', { hasText: word }).last().hover({ timeout: 2000 });
      await wanted.waitFor({ timeout: 5000 });
    }, { timeout: 60_000, interval: 200 });
    return shown;
  };

  it('shows problems, the line above the file, and one hover', async () => {
    await open('mistakes.mil.json');
    const { page } = lab;
    await page.locator('.squiggly-error').nth(2).waitFor({ timeout: 60_000 });
    await page.locator('.codelens-decoration').getByText('Estimate').waitFor();
    await runCommand(page, 'Problems: Focus on Problems View');
    await page.getByRole('treeitem', { name: /Did you mean "seed"/ }).waitFor();
    for (const [name, label] of Object.entries(themes)) {
      await setTheme(page, label);
      await hover('"topK"');
      await lab.picture(`experiment-${name}`);
    }
    const text = (await (await hover('"topK"')).allTextContents()).join('\n');
    expect(text.split('Patches of each slide the ranking loss compares')).toHaveLength(2);
    expect(text).toContain('10 there, 5 here');
  });

  it('mends a mistake from the keyboard', async () => {
    const { page } = lab;
    await page.mouse.move(5, 5);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    await page.locator('.view-line span', { hasText: '"sede"' }).last().click();
    const rename = page.locator('.action-widget').getByText('Rename to "seed"');
    // Asked before the findings have come, the editor has nothing to offer: a person presses again.
    await expect
      .poll(
        async () => {
          if (!(await rename.isVisible())) await page.keyboard.press('Control+.');
          return rename.isVisible();
        },
        { timeout: 60_000, interval: 2000 },
      )
      .toBe(true);
    await lab.picture('experiment-fix');
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: '"seed"' }).waitFor();
  });

  it('names the last run above its experiment', async () => {
    await open('tiny.mil.json');
    const { page } = lab;
    await page.locator('.codelens-decoration').getByText(/Last run: .*AUROC/).waitFor();
    await lab.picture('experiment-last-run');
  });

  it('completes keys of YAML with their defaults', async () => {
    await open('mistakes.mil.yaml');
    const { page } = lab;
    await page.locator('.view-line', { hasText: 'topK' }).waitFor();
    await page.locator('.view-line', { hasText: 'topK' }).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('mining:');
    await page.keyboard.press('Enter');
    await page.keyboard.type('  ');
    await page.keyboard.press('Control+Space');
    const rounds = page.locator('.suggest-widget .monaco-list-row').filter({ hasText: 'rounds' }).first();
    await rounds.waitFor();
    expect(await page.locator('.suggest-widget .monaco-list-row').filter({ hasText: /^rounds/ }).count()).toBe(1);
    await lab.picture('experiment-complete');
  });
});
