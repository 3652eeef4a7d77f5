import { words } from './host.js';

/** A string in the editor's language; `{0}`, `{1}` … stand for the arguments. */
export function t(english: string, ...args: readonly (string | number)[]): string {
  return (words[english] ?? english).replace(/\{(\d+)\}/g, (hole, index: string) => String(args[Number(index)] ?? hole));
}
