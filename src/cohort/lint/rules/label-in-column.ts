import type { CohortRule, TableColumn } from '../contract.js';
import { wordsOf } from '../names/fields.js';
import { tellingWords, vocabularyOf } from '../names/words.js';
import { contrastsOf } from '../separation/contrasts.js';
import { usual, type PatientGroup } from '../separation/patients.js';
import { countsOn } from '../separation/counter.js';
import { isMissing, numberIn } from '../separation/quantity.js';
import { separationByMark, separationByNumber, separationByValue, strongest, tells, type Separation } from '../separation/separate.js';
import { classInOneSite } from './class-in-one-site.js';

/** Share of the filled cells that must hold a number before a column counts as one of numbers. */
const mostlyNumbers = 0.9;
/** Distinct values, above which a column of words is read word by word: free text. */
const freeText = 20;

/** A column besides the label that separates the classes: the label once more, or what it is confounded with. */
export const labelInColumn: CohortRule = {
  code: 'label-in-column',
  find(cohort) {
    // Of a site that is the label, that has been said.
    const said = new Set(classInOneSite.find(cohort).map(({ place }) => place.column));
    const patients = cohort.slides.map(({ patient }) => patient);
    const columns = cohort.columns.filter(({ place }) => !said.has(place.column)).map((column) => ({ column, text: textOf(column), numbers: quantitiesOf(column, patients) }));
    const questions = contrastsOf(cohort).map(({ groups }) => groups);
    const words = columns.reduce((sum, { text }) => sum + (text?.candidates.length ?? 0), 0);
    const tried = questions.length * (3 * columns.length + words);
    return columns.flatMap(({ column, text, numbers }) => {
      const separation = strongest(questions.map((groups) => bestOf(column, numbers, groups)));
      const message = separation && tells(separation, tried) ? `The column "${column.name}" alone tells the label ${separation.correlation > 0.9999 ? 'of every patient' : 'of nearly every patient'} (correlation ${separation.correlation.toFixed(2)}).` : wordsSaid(column, text ? tellingWords(text, questions, tried) : []);
      return message === undefined ? [] : [{ message, remedy, place: column.place }];
    });
  },
};

const remedy = 'If it is the label in other words, drop it or silence this rule with that reason. If it is how slides were made (scanner, batch, year), a model can learn that instead of the disease: balance it, or test on patients where it differs.';

function wordsSaid({ name }: TableColumn, words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : `In the column "${name}" the ${words.length === 1 ? 'word' : 'words'} ${words.map((word) => `"${word}"`).join(', ')} alone ${words.length === 1 ? 'tells' : 'tell'} the label of nearly every patient.`;
}

function textOf({ cells }: TableColumn): ReturnType<typeof vocabularyOf> | undefined {
  if (new Set(cells).size < freeText) return undefined;
  return vocabularyOf(cells.map((cell) => wordsOf(cell.toLowerCase())), () => false);
}

/** What the cells of a column of numbers hold; undefined where most hold something else, or numbers that only count on. */
function quantitiesOf({ cells }: TableColumn, patients: readonly string[]): number[] | undefined {
  const numbers = cells.map(numberIn);
  const known = numbers.filter((value) => !Number.isNaN(value)).length;
  const filled = cells.filter((cell) => !isMissing(cell)).length;
  return known > 0 && known >= mostlyNumbers * filled && !countsOn(numbers, patients) ? numbers : undefined;
}

/** By what its cells say, by how large they are (unless they only count on), or by whether they say anything. */
function bestOf(column: TableColumn, numbers: readonly number[] | undefined, groups: readonly PatientGroup[]): Separation {
  const positive = groups.map((group) => group.positive);
  const cells = groups.map((group) => usual(group, column.cells));
  const filled = cells.map((cell) => !isMissing(cell));
  const judged = [separationByValue(cells, positive), separationByMark(filled, positive)];
  if (numbers) judged.push(separationByNumber(groups.map((group) => usual(group, numbers)), positive));
  return strongest(judged)!;
}
