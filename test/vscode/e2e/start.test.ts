import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, newPage } from '../harness/browser.js';
import { underWatch } from '../harness/evidence.js';
import { extensionFolder } from '../harness/lab.js';
import { runCommand } from '../harness/workbench.js';

const processes = (): string[] => execFileSync('ps', ['-Aww', '-o', 'args='], { encoding: 'utf8' }).split('\n');

describe('npm start', () => {
  // Everything of it lies here, so that its processes are known by their arguments. Short, for a unix socket.
  const folder = mkdtempSync('/tmp/st-');
  const workspace = path.join(folder, 'lab');
  let child: ChildProcess;
  let printed = '';
  let browser: Browser;
  beforeAll(async () => {
    child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts', workspace], { cwd: extensionFolder, env: { ...process.env, TMPDIR: folder }, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout!.on('data', (text: Buffer) => (printed += text.toString()));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    child?.kill('SIGINT');
    rmSync(folder, { recursive: true, force: true });
  });

  it('draws the sample into a new folder and opens it behind a password', async () => {
    await expect.poll(() => printed, { timeout: 200_000, interval: 200 }).toMatch(/Password/);
    expect(readdirSync(workspace)).toEqual(expect.arrayContaining(['cohort.csv', 'sample.mil.json', 'slides']));
    const url = /http:\S+/.exec(printed)![0];
    const password = /Password +(\S+)/.exec(printed)![1]!;
    const logs: string[] = [];
    const page = await newPage(browser, logs);
    const stopWatching = underWatch(page, logs);
    await page.goto(url);
    await page.locator('input[type=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('treeitem', { name: 'sample.mil.json' }).waitFor({ timeout: 60_000 });
    await runCommand(page, 'Developer: Show Running Extensions');
    await page.locator('.runtime-extensions-editor .extension').filter({ hasText: 'Hardmine' }).getByText(/\d+ms/).first().waitFor({ timeout: 30_000 });
    await page.screenshot({ path: path.join(extensionFolder, '.screenshots/start.png') });
    stopWatching();
  });

  it('leaves no process and no profile behind when it is stopped', async () => {
    expect(processes().filter((words) => words.includes(folder)).length).toBeGreaterThan(1);
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    await expect.poll(() => processes().filter((words) => words.includes(folder)), { timeout: 10_000 }).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('vsx-'))).toEqual([]);
    expect(existsSync(path.join(workspace, 'sample.mil.json'))).toBe(true);
  });
});
