import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawLargeBank } from '../harness/large-bank.js';
import { openLab, type Lab } from '../harness/lab.js';
import { runCommand, webviewFrame } from '../harness/workbench.js';

const bank = 200_000;

/** What a scroll of some seconds looked like from inside the view. */
interface Scroll {
  /** Time between frames, ms. */
  readonly frames: number[];
  /** Most cells in the document at any time. */
  readonly cells: number;
}

describe(`a bank of ${bank} patches`, () => {
  let lab: Lab;
  let frame: Frame;
  beforeAll(async () => {
    lab = await openLab({ fill: (workspace) => drawLargeBank(workspace, bank) });
    const asked = Date.now();
    await runCommand(lab.page, 'MIL: Browse Mined Negatives');
    frame = await webviewFrame(lab.page, '.grid');
    console.log(`first cells ${Date.now() - asked} ms after the command was looked for`);
    await frame.locator('.patch-picture img').first().waitFor();
  });
  afterAll(() => lab?.close());

  it('scrolls with a handful of cells in the document, and ends where it should', async () => {
    expect(await frame.locator('.bar .soft').textContent()).toMatch(/^200,000 of /);
    const { frames, cells } = await frame.evaluate<Scroll>(`new Promise((resolve) => {
      const grid = document.querySelector('.grid');
      const frames = [];
      let cells = 0, last = performance.now();
      const step = (now) => {
        frames.push(now - last);
        last = now;
        cells = Math.max(cells, grid.querySelectorAll('[role=gridcell]').length);
        grid.scrollTop += frames.length % 60 < 30 ? 90 : 4000;
        frames.length < 600 ? requestAnimationFrame(step) : resolve({ frames, cells });
      };
      requestAnimationFrame(step);
    })`);
    const sorted = frames.slice(1).sort((a, b) => a - b);
    console.log(`frames: median ${sorted[300]!.toFixed(1)} ms, 95 % ${sorted[570]!.toFixed(1)} ms, longest ${sorted.at(-1)!.toFixed(1)} ms; at most ${cells} cells`);
    expect(cells).toBeLessThan(150);
    await frame.locator('[role=gridcell]').first().click();
    await lab.page.keyboard.press('End');
    await frame.locator(`[data-index="${bank - 1}"]`).waitFor();
    await frame.locator(`[data-index="${bank - 1}"] img`).waitFor();
    await lab.picture('negatives-large-bank');
  });

  it('is judged and filtered as a small one', async () => {
    await lab.page.keyboard.press('3');
    await frame.locator('[aria-selected=true] .mark-artefact').waitFor();
    await frame.getByRole('button', { name: 'Filter' }).click();
    await frame.getByRole('combobox', { name: 'Slide' }).fill('S03');
    await frame.locator('.patch-slide').filter({ hasText: 'S03' }).first().waitFor();
    expect(await frame.locator('.patch-slide').filter({ hasNotText: 'S03' }).count()).toBe(0);
  });
});
