import type { CohortRule, TableColumn } from '../contract.js';
import { contrastsOf } from '../separation/contrasts.js';
import { patientGroups, usual, type PatientGroup } from '../separation/patients.js';
import { separationByNumber, separationByValue, strongest, tells, type Separation } from '../separation/separate.js';
import { classInOneSite, siteColumn } from './class-in-one-site.js';

/** Share of patients that must have a number before a column counts as one of numbers. */
const mostlyNumbers = 0.9;
/** A column of distinct whole numbers that leaves out fewer than this share of those between is a running number: it shows the order of the rows. */
const gaps = 0.5;

/** A column besides the label that separates the classes: the label once more, or what it is confounded with. */
export const labelInColumn: CohortRule = {
  code: 'label-in-column',
  find(cohort) {
    // Of a site that is the label, that has been said.
    const said = classInOneSite.find(cohort).length > 0 ? siteColumn(cohort) : undefined;
    const columns = cohort.columns.filter((column) => column !== said);
    const questions = contrastsOf(cohort).map(({ has }) => patientGroups(cohort.slides, has));
    return columns.flatMap((column) => {
      const separation = strongest(questions.map((groups) => bestOf(column, groups)));
      if (!separation || !tells(separation, 2 * columns.length * questions.length)) return [];
      return {
        message: `The column "${column.name}" alone tells the label ${separation.correlation > 0.9999 ? 'of every patient' : 'of nearly every patient'} (correlation ${separation.correlation.toFixed(2)}).`,
        remedy: 'If it is the label in other words, drop it or silence this rule with that reason. If it is how slides were made (scanner, batch, year), a model can learn that instead of the disease: balance it, or test on patients where it differs.',
        place: column.place,
      };
    });
  },
};

function bestOf(column: TableColumn, groups: readonly PatientGroup[]): Separation {
  const positive = groups.map((group) => group.positive);
  const cells = groups.map((group) => usual(group, column.cells));
  const byValue = separationByValue(cells, positive);
  const numbers = cells.map((cell) => (cell === '' ? NaN : Number(cell)));
  if (!isQuantity(cells, numbers)) return byValue;
  return strongest([byValue, separationByNumber(numbers, positive)])!;
}

function isQuantity(cells: readonly string[], numbers: readonly number[]): boolean {
  const known = numbers.filter((value, i) => cells[i] !== '' && Number.isFinite(value));
  if (known.length < mostlyNumbers * cells.length || cells.some((cell, i) => cell !== '' && !Number.isFinite(numbers[i]))) return false;
  const distinct = new Set(known);
  const running = distinct.size === known.length && known.every(Number.isInteger) && known.length >= (1 - gaps) * (extreme(known, 1) - extreme(known, -1) + 1);
  return !running;
}

function extreme(values: readonly number[], sign: 1 | -1): number {
  return sign * values.reduce((most, value) => Math.max(most, sign * value), -Infinity);
}

