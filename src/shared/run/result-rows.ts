import type { InstanceMetrics, RunResult, SlideMetrics } from './metrics.js';
import { formatEstimate, formatMetric, patientsBehind } from './too-few.js';

/** One metric of the result table, as text for any medium. */
export interface ResultRow {
  readonly group: 'slide' | 'patch';
  readonly label: string;
  readonly validation: string;
  readonly test: string;
  /** Where patients were held out of a cross-validation. */
  readonly heldOut?: string;
}

/** The result of a run, a metric a row; validation first, because it chose what test then measured. */
export function resultRows({ validation, test, heldOut, instance }: RunResult): ResultRow[] {
  const slide = (label: string, cell: (metrics: SlideMetrics) => string): ResultRow => ({ group: 'slide', label, validation: cell(validation), test: cell(test), ...(heldOut ? { heldOut: cell(heldOut) } : {}) });
  const rows: ResultRow[] = [
    slide('Slides (patients)', ({ slides, patients }) => `${slides} (${patients})`),
    slide('AUROC', (metrics) => formatMetric(metrics, 'auroc')),
    slide('Average precision', (metrics) => formatMetric(metrics, 'averagePrecision')),
    slide('Accuracy', (metrics) => formatMetric(metrics, 'accuracy')),
    slide('Balanced accuracy', (metrics) => formatMetric(metrics, 'balancedAccuracy')),
    slide('F1', (metrics) => formatMetric(metrics, 'f1')),
    slide('Brier score', (metrics) => formatMetric(metrics, 'brier')),
    ...(validation.classes ?? []).map(({ name }) => slide(`AUROC of "${name}"`, (metrics) => formatClass(metrics, name))),
  ];
  if (!instance) return rows;
  const patch = (label: string, cell: (metrics: InstanceMetrics) => string): ResultRow => ({ group: 'patch', label, validation: cell(instance.validation), test: cell(instance.test) });
  return [
    ...rows,
    patch('Patches (truly positive)', ({ patches, positives }) => `${patches} (${positives})`),
    patch('Patch AUROC', ({ auroc, patients = Infinity }) => formatEstimate(auroc, patients)),
    patch('Patch average precision', ({ averagePrecision, patients = Infinity }) => formatEstimate(averagePrecision, patients)),
    patch('Negative-slide patches called positive', ({ negativeSlidePositiveShare }) => (negativeSlidePositiveShare === null ? '–' : `${(negativeSlidePositiveShare * 100).toFixed(1)} %`)),
  ];
}

function formatClass(metrics: SlideMetrics, name: string): string {
  const found = metrics.classes?.find((one) => one.name === name);
  return found ? `${formatEstimate(found.auroc, found.smallerSide ?? patientsBehind(metrics))}, ${found.slides} slides` : '–';
}

/** How the shown model and threshold were chosen, and what the numbers mean where there are several classes. */
export function selectionSentence({ selectedRound, selectionRule, thresholdRule, validation, heldOut, oracle }: RunResult): string {
  const threshold = thresholdRule === 'half' ? 'Its decision threshold is a half, fixed beforehand.' : `Its decision threshold, ${validation.threshold.toFixed(3)}, was chosen on validation too.`;
  const looked = oracle ? 'Nothing was chosen by test; it was scored after each epoch as well, into oracle.jsonl, which nothing in the run reads.' : 'Test was looked at once.';
  return `Shown is round ${selectedRound}, selected by this rule: ${selectionRule.replace(/\.$/, '')}. ${threshold} ${looked}${heldOut ? ' The patients held out of the cross-validation were looked at once.' : ''}${validation.classes ? ` ${ofSeveralClasses}` : ''}`;
}

const ofSeveralClasses = 'AUROC, average precision, F1 and Brier score are means over classes, each against the rest; accuracy counts a slide right where all of its classes are.';
