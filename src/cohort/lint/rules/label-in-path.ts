import { basename, dirname, sep } from 'node:path';
import type { CohortRule, LintedCohort, RuleFinding } from '../contract.js';
import { contrastsOf } from '../separation/contrasts.js';
import { patientGroups, usual, type PatientGroup } from '../separation/patients.js';
import { separationByMark, separationByValue, tells, type Separation } from '../separation/separate.js';

/** Folders, counted from the file upwards, and words of the file's name that separate the classes. Numbers of names are passed over: they show the order of a list. */
export const labelInPath: CohortRule = {
  code: 'label-in-path',
  find(cohort) {
    const { slides } = cohort;
    if (slides.every(({ path }) => path === '')) return [];
    const levels = foldersOf(cohort);
    const words = slides.map(({ path }) => new Set(wordsOf(basename(path))));
    const counts = countsOf(words);
    const candidates = [...counts.keys()].filter((word) => !spellsClass(word, cohort));
    const questions = contrastsOf(cohort).map(({ has }) => patientGroups(slides, has));
    const tried = questions.length * (levels.length + candidates.length);
    const telling = (judge: (groups: readonly PatientGroup[], positive: readonly boolean[]) => Separation): boolean => questions.some((groups) => tells(judge(groups, groups.map(({ positive }) => positive)), tried));
    // A word of far fewer names than any class has slides cannot tell a class; names made of random letters have thousands of those.
    const least = Math.min(...questions.flatMap((groups) => [true, false].map((positive) => groups.filter((group) => group.positive === positive).length))) / 4;
    const { file } = cohort.placeOf(slides[0]);
    const place = file === undefined ? {} : { file };
    const found: RuleFinding[] = [];
    const folder = levels.find((level) => telling((groups, positive) => separationByValue(groups.map((group) => usual(group, level)), positive)));
    if (folder) found.push({ message: `The folder a slide lies in tells its label: ${examples(folder, slides)}.`, remedy, place });
    const spoken = candidates.filter((word) => Math.min(counts.get(word)!, slides.length - counts.get(word)!) >= least).filter((word) => {
      const has = words.map((own) => own.has(word));
      return telling((groups, positive) => separationByMark(groups.map((group) => usual(group, has)), positive));
    });
    if (spoken.length > 0) found.push({ message: `${spoken.length === 1 ? 'A word of the file names tells' : 'Words of the file names tell'} the label: ${spoken.map((word) => `"${word}"`).join(', ')}.`, remedy, place });
    return found;
  },
};

const remedy = 'Labels are taken from the table alone, so nothing is learnt from names. But slides that were kept apart were often also made apart: look whether scanner, stain or format differ between them, and rename the files before people look at results blindly.';

/** A folder of each class. */
function examples(folders: readonly string[], slides: LintedCohort['slides']): string {
  return [0, 1].flatMap((label) => folders[slides.findIndex((slide) => slide.label === label)] ?? []).map((name) => `"${name}"`).join(' against ');
}

/** The folder of each slide at each level above the files, nearest first, as far as they differ. */
function foldersOf({ slides }: LintedCohort): string[][] {
  const parts = slides.map(({ path }) => dirname(path).split(sep).reverse());
  const deepest = Math.max(...parts.map((folders) => folders.length));
  return Array.from({ length: deepest }, (_, level) => parts.map((folders) => folders[level] ?? '')).filter((level) => new Set(level).size > 1);
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** How many names have each word that some have and some have not. */
function countsOf(words: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const own of words) for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count > 1 && count < words.length));
}

/** Of that another rule speaks: `label-in-file-name`. */
function spellsClass(word: string, { experiment }: LintedCohort): boolean {
  return experiment.cohort.classes.some((name) => name.toLowerCase() === word);
}
