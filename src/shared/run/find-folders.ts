import { access, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** How deep below a folder is looked. */
const depth = 4;

/**
 * Every folder at or below `folder`, a few folders deep, that holds the file of that name. What begins with a dot is
 * passed over, but for the folders in `home`, such as `.mil/runs`.
 */
export function foldersHolding(file: string, home: string, folder: string): Promise<string[]> {
  return below(file, home, resolve(folder), depth);
}

async function below(file: string, home: string, folder: string, levels: number): Promise<string[]> {
  if (await exists(join(folder, file))) return [folder];
  const hidden = (await foldersIn(join(folder, home))).map((name) => join(folder, home, name));
  if (levels === 0) return hidden;
  const names = (await foldersIn(folder)).filter((name) => !name.startsWith('.') && name !== 'node_modules');
  const found = await Promise.all(names.map((name) => below(file, home, join(folder, name), levels - 1)));
  return [...hidden, ...found.flat()];
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}
