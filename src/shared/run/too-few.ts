import type { Estimate } from './estimate.js';

/**
 * With fewer patients on either side (with and without the class) no interval is told. With four a side there are 35
 * different resamples of a side, so that one of them makes a tail of 2.5 %; measured, bootstrap intervals of 95 % then
 * hold an AUROC of 0.9 in 59 % of samples, and DeLong's is defined in as few (docs/statistics.md).
 */
export const fewestPatients = 5;

/** With fewer folds or seeds no t-interval is told: of two it reaches 9 sd to either side. */
export const fewestUnits = 3;

/** What tells how many patients stand behind the numbers of a split. */
interface Counted {
  readonly patients: number;
  readonly smallerSide?: number | undefined;
}

/** Metrics that are means over all slides, whatever their class. */
const overAll: ReadonlySet<string> = new Set(['accuracy', 'brier']);

/** Patients of the smaller side, the most that it can have where runs of before did not say; of a mean over all slides all patients. */
export function patientsBehind({ patients, smallerSide }: Counted, metric = 'auroc'): number {
  return overAll.has(metric) ? patients : (smallerSide ?? Math.floor(patients / 2));
}

/** The estimate as people are told of it: without an interval that would mean nothing. What is written to files keeps it. */
export function told(estimate: Estimate, patients: number): Estimate {
  return patients < fewestPatients ? { ...estimate, low: null, high: null } : estimate;
}

/** `0.913 [0.870, 0.950]`; `–` where the metric is not defined (one class only). @param patients of the smaller side. */
export function formatEstimate({ value, low, high }: Estimate, patients: number): string {
  if (value === null) return '–';
  if (patients < fewestPatients) return `${value.toFixed(3)} (${tooFewPatients(patients)})`;
  return low === null || high === null ? value.toFixed(3) : `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

/** `0.913`, with the number of patients where that is all there is to tell: for narrow places. */
export function formatBriefly(metrics: Counted & { readonly auroc: Estimate }): string {
  const { auroc } = metrics;
  const patients = patientsBehind(metrics);
  return auroc.value !== null && patients < fewestPatients ? `${auroc.value.toFixed(3)} (n = ${patients})` : formatEstimate(auroc, patients);
}

/** The interval of a split's AUROC alone: `0.870 to 0.950`, or why there is none. */
export function intervalText(metrics: Counted & { readonly auroc: Estimate }, of: Estimate = metrics.auroc): string {
  const patients = patientsBehind(metrics);
  if (of.value === null) return 'not defined: one class only';
  if (patients < fewestPatients) return tooFewPatients(patients);
  return of.low === null || of.high === null ? 'no interval' : `${of.low.toFixed(3)} to ${of.high.toFixed(3)}`;
}

/** Why there is no interval. */
function tooFewPatients(patients: number): string {
  return `too few patients for an interval, n = ${patients}`;
}

/** A metric of a split as people are told of it. */
export function formatMetric<Name extends string>(metrics: Counted & Readonly<Record<Name, Estimate>>, name: Name): string {
  return formatEstimate(metrics[name], patientsBehind(metrics, name));
}
