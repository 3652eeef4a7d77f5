import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';

/** A name for what is kept of a slide file, from its path, size and time and from how it is made: a replaced slide has another. */
export async function keptName(file: string, ...made: readonly unknown[]): Promise<string> {
  // Where there is no file, nothing was kept of it; opening the slide says why.
  const facts = await stat(file).catch(() => undefined);
  return createHash('sha256').update(JSON.stringify([file, facts?.size, facts?.mtimeMs, ...made])).digest('hex').slice(0, 32);
}
