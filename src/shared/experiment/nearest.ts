import { closest, distance } from 'fastest-levenshtein';

/** The known word a person probably meant; undefined when none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const folded = new Map(known.map((name) => [name.toLowerCase(), name]));
  const candidate = closest(word.toLowerCase(), [...folded.keys()]);
  return distance(word.toLowerCase(), candidate) <= Math.max(2, Math.floor(word.length / 3)) ? folded.get(candidate) : undefined;
}
