import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawLargeBank } from '../harness/large-bank.js';
import { openLab, type Lab } from '../harness/lab.js';
import { runCommand, webviewFrame } from '../harness/workbench.js';

const bank = 200_000;
/** Frames of either way to scroll. */
const wheel = 600;
const leaps = 200;

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
      let cells = 0, top = 0, last = performance.now();
      const step = (now) => {
        frames.push(now - last);
        last = now;
        if (frames.length % 50 === 0) cells = Math.max(cells, grid.querySelectorAll('[role=gridcell]').length);
        // A fast wheel for ten seconds, then leaps as with the scroll bar.
        grid.scrollTop = top += frames.length < ${wheel} ? 60 : 4000;
        frames.length < ${wheel + leaps} ? requestAnimationFrame(step) : resolve({ frames, cells });
      };
      requestAnimationFrame(step);
    })`);
    for (const [name, part] of [['wheel', frames.slice(1, wheel)], ['leaps', frames.slice(wheel)]] as const) {
      const sorted = part.toSorted((x, y) => x - y);
      const at = (share: number): string => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(0);
      console.log(`${name}: median ${at(0.5)} ms a frame, 95 % ${at(0.95)} ms, longest ${at(1)} ms; at most ${cells} cells`);
    }
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
