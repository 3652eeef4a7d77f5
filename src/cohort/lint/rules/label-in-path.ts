import { dirname, sep } from 'node:path';
import { spelledInNames } from '../../table/names.js';
import type { CohortRule, LintedCohort, RuleFinding } from '../contract.js';
import { fieldsOf, namesOf, wordsOf, type Field } from '../names/fields.js';
import { tellingWords, vocabularyOf } from '../names/words.js';
import { contrastsOf } from '../separation/contrasts.js';
import { usual, type PatientGroup } from '../separation/patients.js';
import { separationByNumber, separationByValue, strongest, tells, type Separation } from '../separation/separate.js';

/** Folders, counted from the file upwards, and words and numbers in the names of files, slides and patients that separate the classes. */
export const labelInPath: CohortRule = {
  code: 'label-in-path',
  find(cohort) {
    const { slides } = cohort;
    const passed = (word: string): boolean => spelledInNames(cohort.experiment.cohort.classes, word);
    const levels = foldersOf(cohort);
    const inFolders = levels.map((level) => vocabularyOf(level.map((name) => wordsOf(name.toLowerCase())), () => false));
    const names = namesOf(cohort);
    const fields = fieldsOf(names, slides.map(({ patient }) => patient), passed);
    const inNames = names.map((kind) => ({ kind, vocabulary: vocabularyOf(kind.of.map(wordsOf), passed) }));
    const questions = contrastsOf(cohort).map(({ groups }) => groups);
    const words = [...inFolders, ...inNames.map(({ vocabulary }) => vocabulary)].reduce((sum, { candidates }) => sum + candidates.length, 0);
    const tried = questions.length * (levels.length + words + 2 * fields.length);
    const { file } = cohort.placeOf(slides[0]);
    const place = file === undefined ? {} : { file };

    const found: RuleFinding[] = [];
    const folder = levels.find((level) => questions.some((groups) => tells(byValue(groups, level), tried)));
    const folderWords = folder ? [] : [...new Set(inFolders.flatMap((vocabulary) => tellingWords(vocabulary, questions, tried)))];
    if (folder) found.push({ message: `The folder a slide lies in tells its label: ${examples(folder, slides)}.`, remedy, place });
    else if (folderWords.length > 0) found.push({ message: `${saidOf(folderWords, 'the folders slides lie in', levels.flat())}.`, remedy, place });
    for (const { kind, vocabulary } of inNames) {
      const telling = tellingWords(vocabulary, questions, tried);
      const field = telling.length > 0 ? undefined : fields.find((one) => one.names === kind && questions.some((groups) => tells(bestOf(one, groups), tried)));
      if (telling.length > 0) found.push({ message: `${saidOf(telling, `the ${kind.what}`, kind.written)}.`, remedy, place });
      else if (field) found.push({ message: `${field.numbers ? 'A number' : 'A part'} of the ${kind.what} tells the label: ${field.numbers ? ranges(field, cohort) : examples(field.values, slides)}.`, remedy, place });
    }
    return found;
  },
};

const remedy = 'Labels are taken from the table alone, so nothing is learnt from names. But slides that were kept apart were often also made apart: look whether scanner, stain or format differ between them, and rename the files before people look at results blindly.';

/** @param names as they are written; one of them is the example. */
function saidOf(words: readonly string[], where: string, names: readonly string[]): string {
  const one = words.length === 1;
  const example = names.find((name) => wordsOf(name.toLowerCase()).includes(words[0]!))!;
  return `${one ? `A word of ${where} tells` : `Words of ${where} tell`} the label: ${words.map((word) => `"${word}"`).join(', ')}${example.toLowerCase() === words[0] ? '' : `, as in "${example}"`}`;
}

function bestOf({ values, numbers }: Field, groups: readonly PatientGroup[]): Separation {
  if (!numbers) return byValue(groups, values);
  return strongest([byValue(groups, values), separationByNumber(groups.map((group) => usual(group, numbers)), groups.map(({ positive }) => positive))])!;
}

function byValue(groups: readonly PatientGroup[], values: readonly string[]): Separation {
  return separationByValue(groups.map((group) => usual(group, values)), groups.map(({ positive }) => positive));
}

/** A value of each class: the one most of its slides have. */
function examples(values: readonly string[], slides: LintedCohort['slides']): string {
  return [0, 1].flatMap((label) => {
    const own = slides.flatMap((slide, i) => (slide.label === label ? [i] : []));
    return own.length === 0 ? [] : [`"${usual({ positive: label === 1, slides: own }, values)}"`];
  }).join(' against ');
}

/** From where to where the numbers of each class go. */
function ranges({ numbers, values }: Field, { slides }: LintedCohort): string {
  const distinct = new Set(values).size;
  if (distinct <= 4) return examples(values, slides);
  return [0, 1].flatMap((label) => {
    const own = slides.flatMap((slide, i) => (slide.label === label ? [i] : [])).sort((a, b) => numbers![a] - numbers![b]);
    return own.length === 0 ? [] : [`${values[own[0]]} to ${values[own.at(-1)!]}`];
  }).join(' against ');
}

/** The folder of each slide at each level above the files, nearest first, as far as they differ. */
function foldersOf({ slides }: LintedCohort): string[][] {
  if (slides.every(({ path }) => path === '')) return [];
  const parts = slides.map(({ path }) => dirname(path).split(sep).reverse());
  const deepest = Math.max(...parts.map((folders) => folders.length));
  return Array.from({ length: deepest }, (_, level) => parts.map((folders) => folders[level] ?? '')).filter((level) => new Set(level).size > 1);
}
