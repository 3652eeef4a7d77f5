import type { Frame } from 'playwright-core';
import { accessibilityProblems } from './axe.js';
import type { Lab } from './lab.js';
import { setTheme, themes } from './workbench.js';

// What VS Code writes on a webview's body under each theme.
const kinds: Readonly<Record<keyof typeof themes, string>> = { dark: 'vscode-dark', light: 'vscode-light', contrast: 'vscode-high-contrast' };

/**
 * Takes pictures `<name>-dark.png`, `-light` and `-contrast`, ends in the dark theme.
 * @param frame the view in it, if any: it is audited in each theme, once it has painted itself anew.
 * @returns what axe-core found, with its theme; empty when nothing.
 */
export async function picturesInThemes(lab: Lab, name: string, frame?: Frame): Promise<string[]> {
  const problems: string[] = [];
  for (const theme of ['light', 'contrast', 'dark'] as const) {
    await setTheme(lab.page, themes[theme]);
    await lab.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    if (frame) {
      await frame.locator(`body.${kinds[theme]}`).waitFor();
      await frame.evaluate('new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))');
    }
    await lab.picture(`${name}-${theme}`);
    if (frame) problems.push(...(await accessibilityProblems(frame)).map((problem) => `${theme}: ${problem}`));
  }
  return problems;
}
