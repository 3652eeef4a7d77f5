import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchBrowser, newPage, picturesFolder } from './browser.js';
import type { Profile } from './profile.js';
import { startServer } from './server.js';

/** One test as the suite inside the extension host reported it. */
export interface InnerTest {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly error?: string;
}

const limit = 600_000;

/**
 * Runs a mocha suite inside the extension host of a real VS Code.
 * @param extension folder of the extension under test. @param suite CommonJS module that exports `run()`.
 * @throws when the suite did not report, whatever the reason.
 */
export async function runInsideExtensionHost(profile: Profile, extension: string, suite: string): Promise<{ readonly exitCode: number; readonly tests: readonly InnerTest[] }> {
  const results = (profile.env.HARDMINE_TEST_RESULTS ??= path.join(profile.folder, 'results.json'));
  const server = await startServer(profile, ['--vscode-option', 'enable-smoke-test-driver']);
  const browser = await launchBrowser();
  const logs: string[] = [];
  try {
    const page = await newPage(browser, logs);
    const exited = new Promise<number>((resolve, reject) => {
      void page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.exposeFunction('codeAutomationLog', (_type: string, words: unknown[]) => void logs.push(words.map(String).join(' ')));
    const remote = (file: string): string => `vscode-remote://${server.authority}${file}`;
    const payload = JSON.stringify([['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(suite)]]);
    await page.goto(`${server.url}/?${new URLSearchParams({ folder: profile.workspace, payload })}`);
    const exitCode = await Promise.race([exited, sleep(limit, undefined, { ref: false })]);
    if (exitCode !== 0) {
      await page.screenshot({ path: path.join(picturesFolder, 'fail-integration.png') });
      writeFileSync(path.join(picturesFolder, 'fail-integration.log'), logs.join('\n'));
    }
    if (exitCode === undefined) throw new Error(`The suite did not end within ${limit / 1000} s.\n${logs.slice(-40).join('\n')}`);
    if (!existsSync(results)) throw new Error(`The suite reported nothing (exit code ${exitCode}).\n${logs.slice(-40).join('\n')}`);
    return { exitCode, tests: JSON.parse(readFileSync(results, 'utf8')) as InnerTest[] };
  } finally {
    await browser.close();
    await server.stop();
  }
}
