import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { serverFolder } from '../../../scripts/vscode-server.js';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'];

/** Where tests put the pictures they take; kept by CI, ignored by git. */
export const picturesFolder = path.resolve(__dirname, '../../../.screenshots');
mkdirSync(picturesFolder, { recursive: true });

/** A headless Chromium: the system's, or else the one that comes as an npm package. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await executable(), headless: true, args: flags });
}

async function executable(): Promise<string> {
  const system = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => file !== undefined && existsSync(file));
  if (system) return system;
  const { default: packed } = (await import(createRequire(path.join(serverFolder, 'package.json')).resolve('@sparticuz/chromium'))) as { default: { executablePath(): Promise<string> } };
  return packed.executablePath();
}

/** A page of its own context; what its console says is collected in `logs`. */
export async function newPage(browser: Browser, logs: string[] = []): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on('console', (message) => logs.push(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => logs.push(`[pageerror] ${String(error)}`));
  return page;
}
