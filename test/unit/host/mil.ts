import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../src/host/main.ts', import.meta.url));
const loader = import.meta.resolve('tsx');

/** Runs `mil` in a folder as a person would. */
export function mil(folder: string, ...words: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', loader, main, ...words], { cwd: folder, encoding: 'utf8', env: { ...process.env, MIL_DEBUG: '' } });
  return { code: status, out: stdout, err: stderr };
}
