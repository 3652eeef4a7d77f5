import { basename, dirname, sep } from 'node:path';
import type { CohortRule, LintedCohort, RuleFinding } from '../contract.js';
import { patientGroups, usual } from '../separation/patients.js';
import { separationByMark, separationByValue, tells } from '../separation/separate.js';

/** Folders, counted from the file upwards, and words of the file's name that separate the classes. Numbers of names are passed over: they show the order of a list. */
export const labelInPath: CohortRule = {
  code: 'label-in-path',
  find(cohort) {
    const { slides } = cohort;
    if (slides.every(({ path }) => path === '')) return [];
    const groups = patientGroups(slides);
    const positive = groups.map((group) => group.positive);
    const levels = foldersOf(cohort);
    const words = slides.map(({ path }) => new Set(wordsOf(basename(path))));
    const candidates = [...candidatesOf(words)].filter((word) => !spellsClass(word, cohort));
    const tried = levels.length + candidates.length;
    const place = { ...cohort.placeOf(slides[0]) };
    delete (place as { slide?: string }).slide;
    const found: RuleFinding[] = [];
    const folder = levels.find((level) => tells(separationByValue(groups.map((group) => usual(group, level)), positive), tried));
    if (folder) {
      const example = [false, true].map((wanted) => `"${folder[slides.findIndex(({ label }) => (label !== 0) === wanted)]}"`);
      found.push({ message: `The folder a slide lies in tells its label: for instance ${example[0]} and ${example[1]}.`, remedy, place });
    }
    const telling = candidates.filter((word) => tells(separationByMark(groups.map((group) => usual(group, group.slides.map((i) => words[i].has(word)), )), positive), tried));
    if (telling.length > 0) found.push({ message: `${telling.length === 1 ? 'A word' : 'Words'} of the file names ${telling.length === 1 ? 'tells' : 'tell'} the label: ${telling.map((word) => `"${word}"`).join(', ')}.`, remedy, place });
    return found;
  },
};

const remedy = 'Labels are taken from the table alone, so nothing is learnt from names. But slides that were kept apart were often also made apart: look whether scanner, stain or format differ between them, and rename the files before people look at results blindly.';

/** The folder of each slide at each level above the files, nearest first, as far as they differ. */
function foldersOf({ slides }: LintedCohort): string[][] {
  const parts = slides.map(({ path }) => dirname(path).split(sep).reverse());
  const deepest = Math.max(...parts.map((folders) => folders.length));
  return Array.from({ length: deepest }, (_, level) => parts.map((folders) => folders[level] ?? '')).filter((level) => new Set(level).size > 1);
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word.length > 0);
}

/** Words that some names have and some have not. */
function candidatesOf(words: readonly ReadonlySet<string>[]): Set<string> {
  const counts = new Map<string, number>();
  for (const own of words) for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > 1 && count < words.length).map(([word]) => word));
}

/** Of that another rule speaks: `label-in-file-name`. */
function spellsClass(word: string, { experiment }: LintedCohort): boolean {
  return experiment.cohort.classes.some((name) => name.toLowerCase() === word);
}
