import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newPage, picturesFolder } from './browser.js';
import { makeProfile, type Profile } from './profile.js';
import { startServer, type Server } from './server.js';
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

/** Opens a lab. @param fill puts files into the workspace before the window opens. */
export async function openLab(options: { readonly settings?: Record<string, unknown>; fill?(workspace: string): unknown } = {}): Promise<Lab> {
  const profile = makeProfile({ settings: options.settings ?? {} });
  await options.fill?.(profile.workspace);
  const server = await startServer(profile, ['--vscode-option', 'enable-smoke-test-driver']);
  const browser = await launchBrowser();
  const logs: string[] = [];
  const page = await newPage(browser, logs);
  const open = (): Promise<void> => openWorkbench(page, server, profile.workspace, [['extensionDevelopmentPath', `vscode-remote://${server.authority}${extensionFolder}`]]);
  await open();
  return {
    profile,
    server,
    browser,
    page,
    logs,
    reload: open,
    picture: async (name) => void (await page.screenshot({ path: path.join(picturesFolder, `${name}.png`) })),
    async close() {
      await browser.close();
      await server.stop();
      profile.remove();
    },
  };
}
