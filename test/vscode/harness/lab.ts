import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newPage, picturesFolder } from './browser.js';
import { underWatch } from './evidence.js';
import { makeProfile, type Profile } from './profile.js';
import { installExtension, startServer, type Server } from './server.js';
import { openWorkbench } from './workbench.js';

/** The checkout, whose built extension the tests load. */
export const extensionFolder = path.resolve(__dirname, '../../..');

/** A VS Code in a browser with the extension loaded, on a workspace of its own. */
export interface Lab {
  readonly profile: Profile;
  readonly server: Server;
  readonly browser: Browser;
  readonly page: Page;
  /** What the page's console said. */
  readonly logs: string[];
  /** Loads the window again, as a person who presses F5 in the browser. */
  reload(): Promise<void>;
  /** Takes a picture into the folder CI keeps. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** How a lab is furnished. */
export interface LabOptions {
  readonly settings?: Record<string, unknown>;
  /** A packaged extension to install in place of the one of the checkout. */
  readonly vsix?: string;
  /** Opens the window without a folder. */
  readonly noFolder?: boolean;
  /** Asks whether the folder is to be trusted, as VS Code does of itself; elsewhere it is not asked. */
  readonly asksForTrust?: boolean;
  /** Puts files into the workspace before the window opens. */
  fill?(workspace: string): unknown;
}

export async function openLab(options: LabOptions = {}): Promise<Lab> {
  const profile = makeProfile({ settings: { ...options.settings, ...(options.asksForTrust && { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' }) } });
  await options.fill?.(profile.workspace);
  if (options.vsix) installExtension(profile, options.vsix);
  const server = await startServer(profile, ['--vscode-option', 'enable-smoke-test-driver'], !options.asksForTrust);
  const browser = await launchBrowser();
  const logs: string[] = [];
  const page = await newPage(browser, logs);
  const payload = options.vsix ? [] : [['extensionDevelopmentPath', `vscode-remote://${server.authority}${extensionFolder}`] as const];
  const open = (): Promise<void> => openWorkbench(page, server, options.noFolder ? undefined : profile.workspace, payload);
  const reload = async (): Promise<void> => {
    // VS Code in a browser writes what it remembers (open editors, the state of webviews) every five seconds, when idle; what is younger is lost with the page.
    await page.waitForTimeout(5000);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    await page.waitForTimeout(1000);
    await open();
  };
  await open();
  const stopWatching = underWatch(page, logs);
  return {
    profile,
    server,
    browser,
    page,
    logs,
    reload,
    picture: async (name) => void (await page.screenshot({ path: path.join(picturesFolder, `${name}.png`) })),
    async close() {
      stopWatching();
      await browser.close();
      await server.stop();
      profile.remove();
    },
  };
}
