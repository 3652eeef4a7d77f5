import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const source = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core has against the document of a webview: `rule: selector`, empty when nothing. */
export async function accessibilityProblems(frame: Frame): Promise<string[]> {
  await frame.evaluate(`${source};undefined`);
  return frame.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run(root: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> } }).axe;
    const root = (globalThis as unknown as { document: unknown }).document;
    const { violations } = await axe.run(root, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}
