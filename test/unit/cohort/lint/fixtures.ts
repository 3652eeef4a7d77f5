import type { CohortSlide, Split, SplitName } from '../../../../src/cohort/contract.js';
import type { CohortRule, LintedCohort } from '../../../../src/cohort/lint/contract.js';
import { experimentSchema } from '../../../../src/shared/experiment/index.js';

export interface Planted {
  /** Per slide; by default all that follow are what a sound cohort has. */
  readonly label?: (i: number) => 0 | 1;
  readonly patient?: (i: number) => string;
  readonly id?: (i: number) => string;
  readonly path?: (i: number) => string;
  readonly part?: (i: number) => SplitName;
  readonly columns?: Readonly<Record<string, (i: number) => string>>;
  readonly prints?: LintedCohort['prints'];
  readonly encoderMarks?: LintedCohort['encoderMarks'];
  readonly patchCounts?: LintedCohort['patchCounts'];
  readonly featureMoments?: LintedCohort['featureMoments'];
  readonly qualities?: LintedCohort['qualities'];
  readonly marked?: ReadonlySet<string>;
  readonly classes?: readonly string[];
}

/** A cohort with nothing wrong: labels alternate, a patient a slide, names are numbers, every part has both classes. */
export function cohortOf(count: number, { label = (i) => (i % 2) as 0 | 1, patient = (i) => `p${i}`, id = (i) => `s${i}`, path = (i) => `/data/slides/${i}.svs`, part = (i) => (i % 10 < 6 ? 'train' : i % 10 < 8 ? 'validation' : 'test'), columns = {}, prints = new Map(), encoderMarks = new Map(), patchCounts = new Map(), featureMoments = new Map(), qualities = new Map(), marked, classes = ['0', '1'] }: Planted = {}): LintedCohort {
  const rows = Array.from({ length: count }, (_, i) => i);
  const slides = rows.map((i): CohortSlide => ({ id: id(i), path: path(i), label: label(i), classes: label(i) === 1 ? [0] : [], patient: patient(i), mpp: undefined, line: i + 2 }));
  const split: Split = new Map(rows.map((i) => [id(i), part(i)]));
  return {
    experiment: experimentSchema.parse({ name: 'lint', cohort: { table: 'cohort.csv', classes } }),
    slides,
    split,
    splits: [split],
    patchCounts,
    featureMoments,
    qualities,
    ...(marked && { marked }),
    columns: Object.entries(columns).map(([name, cell], column) => ({ name, cells: rows.map(cell), place: { file: 'cohort.csv', line: 1, column: column + 1 } })),
    prints,
    encoderMarks,
    placeOf: (slide) => ({ file: 'cohort.csv', line: slide.line, slide: slide.id }),
    placeIn: (at) => ({ file: `x.mil.json#${at.join('.')}` }),
  };
}

/** The messages of what a rule finds. */
export function said({ find }: CohortRule, cohort: LintedCohort): string[] {
  return find(cohort).map(({ message }) => message);
}
