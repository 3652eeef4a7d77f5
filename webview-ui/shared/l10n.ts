import { said } from '../../src/shared/words.js';
import { words } from './host.js';

/** A string in the editor's language; `{0}`, `{1}` … stand for the arguments. */
export function t(english: string, ...args: readonly (string | number)[]): string {
  return said([words[english] ?? english, ...args]);
}
