import { fewestUnits } from '../../shared/run/too-few.js';
import { markdownTable } from '../../report/markdown-table.js';
import { renderTable } from '../terminal/table.js';
import { level } from './index.js';
import { metricNames, differenceText, letter, pText, type Table } from './render.js';
import type { StudyComparison } from './studies.js';

/** The comparison as people read it in a document. */
export function studiesMarkdown(comparison: StudyComparison): string {
  const { names, metric } = comparison;
  return `# ${names.length} studies compared by ${metricNames[metric]}\n\n${renderStudies(comparison, ([head, ...rows]) => markdownTable(head!, rows))}\n`;
}

/** Studies compared, as people read it. */
export function renderStudies({ names, metric, differences }: StudyComparison, table: Table = renderTable): string {
  const several = differences.length > 1;
  const folds = differences.some(({ over }) => over === 'folds');
  const rows = differences.map(({ first, second, over, interval, p, holm }) => [`${letter(first)} − ${letter(second)}`, `${interval.n} ${over}`, differenceText({ value: interval.mean, ...(interval.n < fewestUnits ? { low: null, high: null } : { low: interval.low, high: interval.high }) }), pText(p), ...(several ? [pText(holm)] : [])]);
  return [
    table([['', 'study'], ...names.map((name, i) => [letter(i), name])]),
    '',
    table([['', 'paired', `mean difference of test ${metricNames[metric]} [${level * 100} %]`, 'p', ...(several ? ['p (Holm)'] : [])], ...rows]),
    '',
    `Runs of the same repeat, fold and seed are paired; they were tested on the same slides${folds ? ', and a fold counts with the mean over its seeds' : ''}.`,
    folds ? 'Interval: t corrected for overlapping training sets (Nadeau & Bengio 2003).' : "Interval: Student's t over seeds, which tells of the spread of training, not of other patients.",
    differences.some(({ test }) => test === 'corrected-t') ? 'p: the t test corrected like the interval, since repeats split the same patients anew and are not so many trials.' : `p: Wilcoxon's signed-rank test over ${folds ? 'folds' : 'seeds'}.`,
    ...(differences.some(({ test, interval }) => test === 'wilcoxon' && interval.n < 6) ? ['With fewer than six pairs this p cannot fall below 0.05: read the interval.'] : []),
    ...(differences.some(({ interval }) => interval.n < fewestUnits) ? [`Too few pairs for an interval: ${fewestUnits} are needed.`] : []),
    ...(metric === 'brier' ? ['The lower Brier score is the better one.'] : []),
  ].join('\n');
}
