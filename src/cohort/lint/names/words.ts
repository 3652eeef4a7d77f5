import { usual, type PatientGroup } from '../separation/patients.js';
import { separationByMark, tells } from '../separation/separate.js';

/** Words that some of the texts have and some have not, and that could tell a class. */
export interface Vocabulary {
  /** Of each slide. */
  readonly words: readonly ReadonlySet<string>[];
  readonly candidates: readonly string[];
  /** In how many texts each word is. */
  readonly counts: ReadonlyMap<string, number>;
}

/** @param passed words that are passed over. */
export function vocabularyOf(texts: readonly (readonly string[])[], passed: (word: string) => boolean): Vocabulary {
  const words = texts.map((own) => new Set(own));
  const counts = new Map<string, number>();
  for (const own of words) for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { words, counts, candidates: [...counts].flatMap(([word, count]) => (count > 1 && count < words.length && !passed(word) ? [word] : [])) };
}

/** The words that tell the answer to one of the questions. @param tried how many properties were looked at in all. */
export function tellingWords({ words, candidates, counts }: Vocabulary, questions: readonly (readonly PatientGroup[])[], tried: number): string[] {
  // A word of far fewer names than any class has slides cannot tell a class; names made of random letters have thousands of those.
  const least = Math.min(...questions.flatMap((groups) => [true, false].map((positive) => groups.filter((group) => group.positive === positive).length))) / 4;
  return candidates.filter((word) => {
    const count = counts.get(word)!;
    if (Math.min(count, words.length - count) < least) return false;
    const has = words.map((own) => own.has(word));
    return questions.some((groups) => tells(separationByMark(groups.map((group) => usual(group, has)), groups.map(({ positive }) => positive)), tried));
  });
}
