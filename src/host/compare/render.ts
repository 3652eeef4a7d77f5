import { smallerSide } from '../../mil/metrics/index.js';
import type { ComparedMetric } from '../../mil/statistics/index.js';
import type { Estimate } from '../../shared/run/estimate.js';
import { fewestPatients, formatMetric, patientsBehind } from '../../shared/run/too-few.js';
import { markdownTable } from '../../report/markdown-table.js';
import { renderTable } from '../terminal/table.js';
import type { Comparison } from './index.js';
import { level } from './index.js';

export const metricNames: Record<ComparedMetric, string> = { auroc: 'AUROC', averagePrecision: 'average precision', accuracy: 'accuracy', balancedAccuracy: 'balanced accuracy', f1: 'F1', brier: 'Brier score' };

/** A table in the way of a medium; its first row is the head. */
export type Table = (rows: readonly (readonly string[])[]) => string;

/** The comparison as people read it in a document. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { runs, metric } = comparison;
  return `# ${runs.length} runs compared by ${metricNames[metric]}\n\n${renderComparison(comparison, ([head, ...rows]) => markdownTable(head!, rows))}\n`;
}

/** The comparison as people read it. */
export function renderComparison(comparison: Comparison, table: Table = renderTable): string {
  const { runs, slides, patients, patientsUnknown, classes, metric, differences } = comparison;
  const percent = `${level * 100} %`;
  const name = `${classes && metric !== 'accuracy' && metric !== 'balancedAccuracy' ? 'mean ' : ''}${metricNames[metric]}`;
  const clustered = new Set(patients).size < slides.length ? ', slides of a patient together' : '';
  const method = metric === 'auroc' && !classes ? `DeLong's test and interval${clustered}` : 'bootstrap over patients';
  const letters = runs.map((_, i) => letter(i));
  const sides = sidesOf(comparison);
  const few = Math.min(...sides) < fewestPatients;
  const rows = differences.map(({ first, second, bootstrap, delong, p, corrected }) => [`${letters[first]} − ${letters[second]}`, differenceText(few ? bare(bootstrap) : (delong ?? bootstrap)), ...[p, ...(differences.length > 1 ? [corrected.holm, corrected.benjaminiHochberg] : [])].map((one) => pText(few ? null : one))]);
  return [
    `${slides.length} test slides of ${patientsUnknown ? 'unknown' : new Set(patients).size} patients (${counts(comparison)}), the same in all runs.`,
    ...(patientsUnknown ? ['Warning: runs of early versions do not say whose the slides are; each counts as a patient of its own.'] : []),
    '',
    table([['', 'run', `test ${name}`, 'round'], ...runs.map(({ name: run, result }, i) => [letters[i]!, run, formatMetric(result.test, metric), `${result.selectedRound}`])]),
    '',
    table([['', `difference [${percent}]`, 'p', ...(differences.length > 1 ? ['p (Holm)', 'p (BH)'] : [])], ...rows]),
    '',
    ...(few ? [`Too few patients for intervals and tests: ${Math.min(...sides)} stand behind the numbers; ${fewestPatients} are needed.`] : []),
    `By ${method}. Each run is tested with the round and the threshold its own validation chose.`,
    ...(differences.length > 1 ? [`${differences.length} differences were tested: read a corrected p (Holm 1979, Benjamini & Hochberg 1995).`] : []),
    ...(metric === 'brier' ? ['The lower Brier score is the better one.'] : []),
    ...classLines(comparison, letters, sides, { head: `AUROC difference [${percent}]`, clustered, table }),
  ].join('\n');
}

/** Each class against the rest, below the means over them. */
function classLines({ classes, ofClasses }: Comparison, letters: readonly string[], sides: readonly number[], { head, clustered, table }: { readonly head: string; readonly clustered: string; readonly table: Table }): string[] {
  if (!classes || ofClasses.length === 0) return [];
  const rows = ofClasses.map(({ first, second, class: k, p, holm, ...difference }) => {
    const few = sides[k]! < fewestPatients;
    return [`${letters[first]} − ${letters[second]}`, classes.names[k]!, differenceText(few ? bare(difference) : difference), pText(few ? null : p), pText(few ? null : holm)];
  });
  return ['', table([['', 'class against the rest', head, 'p', 'p (Holm)'], ...rows]), '', `By DeLong's test and interval${clustered}; p corrected for all ${ofClasses.length} tests of this table (Holm 1979).`];
}

/** Patients behind the metric, of each class where there are several. */
function sidesOf({ labels, patients, classes, runs, metric }: Comparison): number[] {
  const all = new Set(patients).size;
  const kinds = classes ? classes.names.map((_, k) => runs[0]!.predictions.map((one) => Number(one.classes!.includes(k)))) : [labels];
  return kinds.map((of) => patientsBehind({ patients: all, smallerSide: smallerSide(patients, [of]).smallerSide ?? 0 }, metric));
}

function bare({ value }: Estimate): Estimate {
  return { value, low: null, high: null };
}

/** How many test slides there are of each kind. */
function counts({ labels, slides, classes, runs }: Comparison): string {
  const positives = labels.filter((label) => label === 1).length;
  if (!classes) return `${positives} positive, ${slides.length - positives} negative`;
  const ofClasses = classes.names.map((name, k) => `${runs[0]!.predictions.filter((one) => one.classes!.includes(k)).length} ${name}`);
  return [...ofClasses, ...(classes.negative ? [`${slides.length - positives} negative`] : [])].join(', ');
}

/** `A`, `B` …: what stands for a run in the tables. */
export function letter(index: number): string {
  return String.fromCharCode(65 + index);
}

export function differenceText({ value, low, high }: Estimate): string {
  const signed = (number: number): string => `${number < 0 ? '−' : '+'}${Math.abs(number).toFixed(3)}`;
  if (value === null) return '–';
  // A difference of shares lies between −1 and 1: what a t-interval claims beyond is cut off.
  return low === null || high === null ? signed(value) : `${signed(value)} [${signed(Math.max(-1, low))}, ${signed(Math.min(1, high))}]`;
}

export function pText(p: number | null): string {
  return p === null ? '–' : p < 0.001 ? '<0.001' : p.toFixed(3);
}
