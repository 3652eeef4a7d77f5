import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const dist = path.resolve(__dirname, '../../dist');
const webviews = path.join(dist, 'webview');
const size = (...parts: string[]): number => statSync(path.join(dist, ...parts)).size;

// webpack refuses larger bundles too; this holds whoever built them. Without a build there is nothing to weigh.
describe.skipIf(!existsSync(webviews))('the built bundles', () => {
  const views = existsSync(webviews) ? readdirSync(webviews).filter((file) => file.endsWith('.js')) : [];

  it('keeps the extension under 250 kB', () => {
    expect(size('extension.js')).toBeLessThan(250_000);
  });

  it('has views to weigh', () => {
    expect(views.length).toBeGreaterThan(0);
  });

  it.each(views)('keeps the view %s under 350 kB', (file) => {
    expect(size('webview', file)).toBeLessThan(350_000);
  });
});
