import { runTests } from '@vscode/test-electron';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { InnerTest } from '../harness/integration.js';
import { makeProfile } from '../harness/profile.js';
import { drawTinyCohort } from '../harness/tiny-cohort.js';

const checkout = path.resolve(__dirname, '../../..');
// Without a screen there is no desktop: the server stands in for it, behind the same flags.
const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;

/** `npm run test:electron`: the suites of the extension host under @vscode/test-electron. */
async function main(): Promise<number> {
  const profile = makeProfile();
  try {
    await drawTinyCohort(profile.workspace);
    const results = path.join(profile.folder, 'results.json');
    console.log(headless ? 'No screen here: the VS Code server stands in for the desktop.' : 'On a desktop VS Code, downloaded on first use.');
    const exitCode = await runTests({
      ...(headless ? { vscodeExecutablePath: path.join(__dirname, 'code') } : {}),
      extensionDevelopmentPath: checkout,
      extensionTestsPath: path.join(checkout, 'dist/vscode-test/integration.js'),
      extensionTestsEnv: { ...profile.env, HARDMINE_TEST_RESULTS: results },
      launchArgs: [profile.workspace, `--user-data-dir=${profile.userData}`, `--extensions-dir=${profile.extensions}`],
    }).catch(() => 1);
    const tests = existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as InnerTest[]) : [];
    for (const { state, title, error } of tests) console.log(`${state}  ${title}${error ? `\n${error}` : ''}`);
    const count = (wanted: InnerTest['state']): number => tests.filter(({ state }) => state === wanted).length;
    console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
    return exitCode !== 0 || count('passed') === 0 ? 1 : 0;
  } finally {
    profile.remove();
  }
}

void main().then((code) => process.exit(code));
