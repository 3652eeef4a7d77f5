import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { thirdPartyNotices } from './notices.js';
import { installRuntime } from './runtime.js';
import type { Target } from './targets.js';

const checkout = path.resolve(__dirname, '../..');
const dist = path.join(checkout, 'dist');
/** What belongs to a checkout, not to an installed extension. */
const ofCheckout = ['private', 'bin', 'scripts', 'dependencies', 'devDependencies', 'peerDependencies', 'peerDependenciesMeta'];

/**
 * Lays out the folder that is packed for a platform: the built bundles, the papers, and beside `mil.js` the
 * packages it loads at run time. `.vscodeignore` chooses among them.
 */
export function stage(folder: string, target: Target): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'dist'), { recursive: true });
  const papers = readdirSync(checkout).filter((file) => /^(package\.nls.*\.json|README\.md|CHANGELOG\.md|LICENSE|\.vscodeignore|media|l10n)$/.test(file));
  // The editor shows the page of a rule.
  cpSync(path.join(checkout, 'docs/rules'), path.join(folder, 'docs/rules'), { recursive: true });
  for (const file of papers) cpSync(path.join(checkout, file), path.join(folder, file), { recursive: true });
  const built = readdirSync(dist).filter((file) => /^(extension\.js|mil\.js|[\w-]+-worker\.js|webview|.*\.schema\.json)$/.test(file));
  for (const file of built) cpSync(path.join(dist, file), path.join(folder, 'dist', file), { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(checkout, 'package.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(Object.fromEntries(Object.entries(manifest).filter(([key]) => !ofCheckout.includes(key))), null, 2)}\n`);
  const shipped = installRuntime(target, path.join(folder, 'dist/node_modules'));
  writeFileSync(path.join(folder, 'ThirdPartyNotices.txt'), thirdPartyNotices(dist, shipped));
}
