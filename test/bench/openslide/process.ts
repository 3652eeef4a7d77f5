import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Contestant } from '../contest.js';

/** How python3-openslide comes to a Debian or Ubuntu machine. */
export const openslideInstall = 'apt-get install python3-openslide';

/** What is read: patches of `size` pixels at level 0. */
export interface PatchPlaces {
  readonly path: string;
  readonly size: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** python3-openslide reading these patches on so many threads; undefined where no Python here has it. */
export async function openslideContestant(places: PatchPlaces, threads: number): Promise<Contestant | undefined> {
  const python = [process.env['PYTHON'], '/usr/bin/python3', 'python3'].find((path) => path && spawnSync(path, ['-c', 'import openslide']).status === 0);
  if (!python) return undefined;
  const child = spawn(python, [join(import.meta.dirname, 'server.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async <Answer>(request: unknown): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('the Python process ended');
    return JSON.parse(value as string) as Answer;
  };
  const { version } = await ask<{ version: string }>({ ...places, threads });
  return { name: `python3-openslide (OpenSlide ${version}), ${threads === 1 ? 'one thread' : `${threads} threads`}`, side: 'openslide', step: () => ask({}), close: () => void child.stdin.end() };
}
