import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.js';

/** A C library that a machine may have. */
export interface NativeLibrary {
  /** For people, e.g. `OpenSlide`. */
  readonly title: string;
  /** Environment variable that may name its file or folder. */
  readonly variable: string;
  /** File names, the best first. */
  readonly names: Partial<Record<NodeJS.Platform, readonly string[]>>;
}

export interface LibrarySearch<Library> {
  readonly library?: Library;
  /** Why there is none, for people. */
  readonly problem?: string;
}

/** Where package managers put libraries that the loader does not look for by itself. */
const folders: Partial<Record<NodeJS.Platform, readonly string[]>> = { darwin: ['/opt/homebrew/lib', '/usr/local/lib', '/opt/local/lib'] };

/**
 * The first file of the library that loads.
 * @param named file or folder of it, instead of the system's.
 * @param bind loads a file, and throws where it cannot.
 */
export async function searchLibrary<Library>({ title, variable, names }: NativeLibrary, named: string | undefined, bind: (file: string) => Promise<Library>): Promise<LibrarySearch<Library>> {
  const problems: string[] = [];
  for (const file of candidates(names[process.platform] ?? [], named)) {
    try {
      return { library: await bind(file) };
    } catch (error) {
      problems.push(messageOf(error).split('\n', 1)[0]);
    }
  }
  if (named) return { problem: `${variable} names ${named}, which does not load (${problems[0] ?? 'nothing there'}).` };
  return { problem: `${title} is not installed.` };
}

function candidates(known: readonly string[], named: string | undefined): string[] {
  if (named) return statSync(named, { throwIfNoEntry: false })?.isDirectory() ? known.map((name) => join(named, name)).filter((file) => existsSync(file)) : [named];
  const placed = (folders[process.platform] ?? []).flatMap((folder) => known.map((name) => join(folder, name)));
  return [...known, ...placed.filter((file) => existsSync(file))];
}
