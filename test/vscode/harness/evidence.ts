import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach } from 'vitest';
import { picturesFolder } from './browser.js';

const watched = new Map<Page, readonly string[]>();

/** Keeps a picture of the page and its console when a test fails. @returns what ends the watch. */
export function underWatch(page: Page, logs: readonly string[]): () => void {
  watched.set(page, logs);
  return () => void watched.delete(page);
}

/** Writes `fail-<name>.png` and `fail-<name>.log` of every page under watch. */
export async function keepEvidence(name: string): Promise<void> {
  const file = path.join(picturesFolder, `fail-${name.replace(/[^\w]+/g, '-').slice(0, 80)}`);
  for (const [index, [page, logs]] of [...watched].entries()) {
    const numbered = index === 0 ? file : `${file}-${index + 1}`;
    writeFileSync(`${numbered}.log`, logs.join('\n'));
    await page.screenshot({ path: `${numbered}.png`, timeout: 10_000 }).catch(() => undefined);
  }
}

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepEvidence(task.name);
});
