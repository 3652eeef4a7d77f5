import { createVSIX } from '@vscode/vsce';
import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../package.json';
import { stage } from './package/stage.js';
import { targets } from './package/targets.js';

const folder = path.resolve(__dirname, '../dist/vsix');

/** Makes the package of one platform from what is built. @returns its path. */
export async function packageFor(name: string): Promise<string> {
  const target = targets[name];
  if (!target) throw new Error(`There is no package for ${name}. Platforms: ${Object.keys(targets).join(', ')}.`);
  const staged = path.join(folder, name);
  const vsix = path.join(folder, `hardmine-${name}-${manifest.version}.vsix`);
  stage(staged, target);
  await createVSIX({ cwd: staged, target: name, packagePath: vsix, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  rmSync(staged, { recursive: true });
  return vsix;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { target: { type: 'string', multiple: true, default: Object.keys(targets) } } });
  for (const name of values.target) {
    const vsix = await packageFor(name);
    console.log(`${path.relative('.', vsix)}  ${(statSync(vsix).size / 1e6).toFixed(1)} MB`);
  }
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
