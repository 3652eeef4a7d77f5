import type { Proportion, SplitStatistics } from '../shared/run/statistics.js';
import { formatEstimate } from '../shared/run/result-rows.js';
import type { RunRecord } from './record.js';
import type { Table } from './result.js';

/** With fewer patients of a class an interval is rough, whatever computed it. */
const fewPatients = 20;

/** Calibration, operating points and who stands behind the intervals; undefined where a run of before has none. */
export function statisticsTable({ result }: RunRecord): Table | undefined {
  const statistics = result?.statistics;
  if (!statistics) return undefined;
  const row = (label: string, cell: (of: SplitStatistics) => string): string[] => [label, cell(statistics.validation), cell(statistics.test)];
  const calibration = (name: 'equalMass' | 'equalWidth') => (of: SplitStatistics) => of.calibration.ece[name]?.toFixed(3) ?? '–';
  const points = statistics.test.operatingPoints.flatMap(({ target }, i) => {
    const at = (of: SplitStatistics) => of.operatingPoints[i]!;
    return [
      row(`Sensitivity at ${percent(target)} specificity on validation`, (of) => proportion(at(of).sensitivity)),
      row('– specificity there', (of) => proportion(at(of).specificity)),
      row('– threshold', (of) => at(of).threshold?.toFixed(3) ?? 'none: nothing is called positive'),
    ];
  });
  return {
    head: ['', 'Validation', 'Test'],
    rows: [
      row('Positive slides (patients)', ({ positives }) => `${positives.slides} (${positives.patients})`),
      row('Negative slides (patients)', ({ negatives }) => `${negatives.slides} (${negatives.patients})`),
      row('AUROC with DeLong\'s interval', ({ delong }) => formatEstimate(delong)),
      row('Expected calibration error, bins of equal mass', calibration('equalMass')),
      row('Expected calibration error, bins of equal width', calibration('equalWidth')),
      row('Calibration intercept (0 is right)', ({ calibration: { intercept } }) => formatEstimate(intercept)),
      row('Calibration slope (1 is right)', ({ calibration: { slope } }) => formatEstimate(slope)),
      ...points,
    ],
  };
}

/** How the numbers of the table came to be. */
export function statisticsSentence({ experiment: { evaluation } }: RunRecord): string {
  return `${percent(evaluation.ci)} intervals: DeLong on the scale of the logit, slides of a patient counted together; Wilson for shares, in which each slide counts for itself; Wald for calibration. Thresholds were chosen on validation and applied to test as they were. Validation also chose the model, so its own numbers flatter.`;
}

/** What must be said where few patients stand behind the intervals. */
export function patientWarnings({ result, experiment: { evaluation } }: RunRecord): string[] {
  const test = result?.statistics?.test;
  if (!test) return [];
  const few = (['positives', 'negatives'] as const).filter((side) => test[side].patients < fewPatients);
  const counts = few.map((side) => `${test[side].patients} ${side === 'positives' ? 'positive' : 'negative'}`).join(' and ');
  return [
    ...(few.length > 0 ? [`Test has ${counts} patients: with fewer than ${fewPatients} of a class, intervals are rough and percentile intervals too narrow.`] : []),
    ...(test.delong.value !== null && test.delong.low === null ? ['DeLong\'s interval is not defined: test ranks every pair alike, or has a single patient of a class. That does not make the AUROC certain.'] : []),
    ...(evaluation.bootstrap === 0 ? ['No bootstrap intervals: evaluation.bootstrap is 0.'] : []),
  ];
}

function proportion({ count, of, ...estimate }: Proportion): string {
  return `${formatEstimate(estimate)}, ${count} of ${of}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
