import type { Words } from '../words.js';
import type { RunResult } from './metrics.js';
import { formatEstimate, told } from './too-few.js';
import type { ClassStatistics, OperatingPoint, Proportion, SplitStatistics } from './statistics.js';

/** A table as any medium shows it; the first cell of a row is its heading. */
export interface StatisticsTable {
  readonly title: Words;
  readonly head: readonly Words[];
  readonly rows: readonly (readonly Words[])[];
}

/** Calibration, operating points and who stands behind the intervals, validation first; none where a run of before has none. */
export function statisticsTables({ statistics, classStatistics }: RunResult): StatisticsTable[] {
  if (statistics) return [twoSided(statistics, ['Calibration and operating points'], { positive: ['Positive slides (patients)'], negative: ['Negative slides (patients)'] })];
  if (!classStatistics) return [];
  const { validation, test, heldOut } = classStatistics;
  const ofClasses = test.classes.map((of, k) => twoSided({ validation: validation.classes[k]!, test: of, ...(heldOut ? { heldOut: heldOut.classes[k]! } : {}) }, ['Class "{0}" against the rest', of.name], { positive: ['Slides of this class (patients)'], negative: ['Slides without it (patients)'] }));
  return [overClasses(classStatistics), ...ofClasses];
}

type Splits<T> = Readonly<Record<'validation' | 'test', T>> & { readonly heldOut?: T | undefined };

/** The columns behind the first, in the order of `cellsOf`. */
function headOf({ heldOut }: Splits<unknown>): Words[] {
  return [[''], ['Validation'], ['Test'], ...(heldOut ? [['Held out'] as const] : [])];
}

function cellsOf<T>({ validation, test, heldOut }: Splits<T>, cell: (of: T) => Words): Words[] {
  return [cell(validation), cell(test), ...(heldOut ? [cell(heldOut)] : [])];
}

function twoSided(statistics: Splits<SplitStatistics>, title: Words, sides: { readonly positive: Words; readonly negative: Words }): StatisticsTable {
  const row = (label: Words, cell: (of: SplitStatistics) => Words): Words[] => [label, ...cellsOf(statistics, cell)];
  const points = statistics.test.operatingPoints.flatMap(({ target }, i) => {
    const at = (of: SplitStatistics): OperatingPoint => of.operatingPoints[i]!;
    return [
      row(['Sensitivity at {0} specificity on validation', percent(target)], (of) => [proportion(at(of).sensitivity)]),
      row(['– specificity there'], (of) => [proportion(at(of).specificity)]),
      row(['– threshold'], (of) => threshold(at(of))),
    ];
  });
  return {
    title,
    head: headOf(statistics),
    rows: [
      row(sides.positive, ({ positives }) => [counted(positives)]),
      row(sides.negative, ({ negatives }) => [counted(negatives)]),
      row(["AUROC with DeLong's interval"], (of) => [formatEstimate(of.delong, smallerSide(of))]),
      row(['Expected calibration error, bins of equal mass'], ({ calibration: { ece } }) => [share(ece.equalMass)]),
      row(['Expected calibration error, bins of equal width'], ({ calibration: { ece } }) => [share(ece.equalWidth)]),
      row(['Calibration intercept (0 is right)'], (of) => [formatEstimate(of.calibration.intercept, smallerSide(of))]),
      row(['Calibration slope (1 is right)'], (of) => [formatEstimate(of.calibration.slope, smallerSide(of))]),
      ...points,
    ],
  };
}

function overClasses(statistics: Splits<ClassStatistics>): StatisticsTable {
  const row = (label: Words, cell: (of: ClassStatistics) => number | null): Words[] => [label, ...cellsOf(statistics, (of) => [share(cell(of))])];
  return {
    title: ['Calibration over classes'],
    head: headOf(statistics),
    rows: [
      row(['Expected calibration error of the likeliest class, bins of equal mass'], ({ topClass }) => topClass.ece.equalMass),
      row(['Expected calibration error of the likeliest class, bins of equal width'], ({ topClass }) => topClass.ece.equalWidth),
      row(['Expected calibration error, mean over classes, bins of equal mass'], ({ classwise }) => classwise.equalMass),
      row(['Expected calibration error, mean over classes, bins of equal width'], ({ classwise }) => classwise.equalWidth),
    ],
  };
}

function threshold({ threshold: value }: OperatingPoint): Words {
  return [value?.toFixed(3) ?? 'none: nothing is called positive'];
}

function counted({ slides, patients }: SplitStatistics['positives']): string {
  return `${slides} (${patients})`;
}

/** So few slides are told by their count alone. */
function proportion({ count, of, ...estimate }: Proportion): string {
  return `${formatEstimate(told(estimate, of), Infinity)}, ${count} of ${of}`;
}

/** Patients of the class or of the rest, whichever are fewer; one that nobody has is told by the metric, which is then not defined. */
function smallerSide({ positives, negatives }: SplitStatistics): number {
  return Math.min(...[positives.patients, negatives.patients].filter((patients) => patients > 0));
}

function share(value: number | null): string {
  return value?.toFixed(3) ?? '–';
}

/** A share as people write it: `95 %`. */
export function percent(value: number): string {
  return `${Number((value * 100).toFixed(1))} %`;
}
