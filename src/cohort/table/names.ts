import { basename } from 'node:path';

/** Shorter names of classes ("N", "0") stand in most names by chance. */
const shortest = 3;

/** Whether a word of a name is a class, spelled out. */
export function spelledInNames(classes: readonly string[], word: string): boolean {
  return classes.some((name) => name.length >= shortest && name.toLowerCase() === word.toLowerCase());
}

/** The first of a slide's names, file or id, of which a word is one of these classes. */
export function nameThatSpells(classes: readonly string[], { id, path }: { readonly id: string; readonly path: string }): string | undefined {
  return [basename(path), id].find((name) => name.split(/[^\p{L}\p{N}]+|\d+/u).some((word) => spelledInNames(classes, word)));
}
