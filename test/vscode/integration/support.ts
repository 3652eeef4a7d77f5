import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { extensions, workspace } from 'vscode';

/** The folder the test window has open, with the tiny cohort in it. */
export const root = workspace.workspaceFolders![0]!.uri.fsPath;

/** Writes the table of the tiny cohort into a folder of the window's. @returns the tiny experiment as it reads from there. */
export function tinyIn(folder: string): Record<string, unknown> {
  writeFileSync(path.join(folder, 'cohort.csv'), readFileSync(path.join(root, 'cohort.csv'), 'utf8').replaceAll(/,(slides\/)/g, ',../$1'));
  const { cohort, ...tiny } = JSON.parse(readFileSync(path.join(root, 'tiny.mil.json'), 'utf8')) as { cohort: { truth?: unknown } };
  const { truth: _, ...plain } = cohort;
  return { ...tiny, cohort: plain };
}

/** Waits until `condition` gives something. @throws after `limit` ms, naming what was waited for. */
export async function eventually<T>(what: string, condition: () => T | undefined | false | Promise<T | undefined | false>, limit = 120_000): Promise<T> {
  for (const deadline = Date.now() + limit; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const found = await condition();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`Waited in vain for ${what}.`);
}

/** Runs the command line as a person in a terminal would, not through the extension. @returns what it printed. */
export function milInTerminal(...words: string[]): Promise<string> {
  const mil = path.join(extensions.getExtension('hardmine.hardmine')!.extensionPath, 'dist/mil.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [mil, ...words], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complained = '';
    child.stdout.on('data', (text: Buffer) => (said += text.toString()));
    child.stderr.on('data', (text: Buffer) => (complained += text.toString()));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(said.trim()) : reject(new Error(complained))));
  });
}
