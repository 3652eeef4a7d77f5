import { setTimeout as sleep } from 'node:timers/promises';
import type { Frame, Locator, Page } from 'playwright-core';
import { keepEvidence } from './evidence.js';
import type { Server } from './server.js';

/** Opens a folder in the workbench. @param payload what VS Code's own tests pass it, e.g. `extensionTestsPath`. */
export async function openWorkbench(page: Page, server: Server, folder: string | undefined, payload?: readonly (readonly [string, string])[]): Promise<void> {
  const query = new URLSearchParams({ ...(folder === undefined ? {} : { folder }), ...(payload ? { payload: JSON.stringify(payload) } : {}) });
  await page.goto(`${server.url}/?${query}`);
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
}

/**
 * Runs a command from the palette by its full title. A palette opened before the extensions are
 * registered never shows their commands: it is opened again until the row is there.
 */
export async function runCommand(page: Page, title: string, limit = 60_000): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ has: page.getByText(title, { exact: true }) }).first();
  for (const deadline = Date.now() + limit; ; ) {
    try {
      await page.keyboard.press('F1');
      await input.waitFor({ state: 'visible', timeout: 2000 });
      await input.fill(`>${title}`);
      await row.waitFor({ timeout: 2000 });
      await choose(page, row, title);
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        await keepEvidence(`no command ${title}`);
        throw error;
      }
      await page.keyboard.press('Escape');
      await sleep(200);
    }
  }
}

/** As a person would: Enter where the row is the one in focus, else the pointer. */
async function choose(page: Page, row: Locator, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  if (await row.evaluate((element) => element.classList.contains('focused'))) return page.keyboard.press('Enter');
  await row.click({ timeout: 2000 }).catch(async (error: unknown) => {
    // A click may run the command and still be called late: twice would be a test of something else.
    if ((await input.isVisible()) && (await input.inputValue({ timeout: 500 })) === `>${title}`) throw error;
  });
}

/**
 * Chooses from the context menu of a row, again until its consequence is there: a menu is closed by
 * whatever takes the focus meanwhile, and heeds no press in its first tenth of a second.
 * @param seen waits for the consequence and throws where it does not come; quick enough to be asked twice.
 */
export async function chooseInMenu<T>(page: Page, row: Locator, item: string, seen: () => Promise<T>, limit = 120_000): Promise<T> {
  // Its name for readers has its key too, where there is one.
  const entry = page.getByRole('menuitem').filter({ has: page.getByText(item, { exact: true }) });
  for (const deadline = Date.now() + limit; ; ) {
    try {
      await row.click({ button: 'right', timeout: 10_000 });
      await entry.waitFor({ timeout: 5000 });
      await sleep(150);
      await entry.click({ timeout: 2000 });
      return await seen();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Opens a file of the workspace's top folder from the explorer. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Escape');
  const file = page.getByRole('treeitem', { name });
  // Another press on the open explorer's icon would close it.
  const shown = page.getByRole('tab', { name: 'Explorer', selected: true });
  if (!(await file.isVisible()) && (await shown.count()) === 0) await page.getByRole('tab', { name: 'Explorer' }).first().click();
  await file.dblclick();
}

/** The frame of the webview whose document holds `selector`. */
export async function webviewFrame(page: Page, selector: string, limit = 30_000): Promise<Frame> {
  for (const deadline = Date.now() + limit; Date.now() < deadline; await sleep(100)) {
    for (const frame of page.frames()) {
      if (!frame.parentFrame() || frame.parentFrame() === page.mainFrame()) continue;
      try {
        const element = await frame.frameElement();
        if ((await element.getAttribute('id')) === 'active-frame' && (await frame.locator(selector).count()) > 0) return frame;
      } catch {
        // The frame went away meanwhile.
      }
    }
  }
  await keepEvidence(`no webview with ${selector}`);
  throw new Error(`No webview holds ${selector}.`);
}

/** Themes every view is looked at in. */
export const themes = { dark: 'Dark Modern', light: 'Light Modern', contrast: 'Dark High Contrast' } as const;

/** Changes the theme as a person would. */
export async function setTheme(page: Page, label: string): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  await page.locator('.quick-input-widget input[placeholder*="Color Theme"]').waitFor({ timeout: 15_000 });
  await page.locator('.quick-input-widget input').first().fill(label);
  await page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: label }).first().waitFor();
  await page.keyboard.press('Enter');
}
