import { resolve } from 'node:path';
import type { Diagnostic } from '../../shared/diagnostics.js';
import type { Place } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { lintRules } from '../../shared/lint/rules.js';
import { cacheFolder } from '../../shared/run/layout.js';
import type { SlideQuality } from '../../shared/slide-quality.js';
import type { CohortSlide, Split } from '../contract.js';
import type { CsvTable } from '../table/csv.js';
import type { CohortRule, LintedCohort } from './contract.js';
import { featureMoments, type FeatureMoments } from './feature-moments.js';
import { otherColumns } from './other-columns.js';
import { collectPrints } from './prints/collect.js';
import { cohortRules } from './rules/index.js';
import { labelInFeature } from './rules/label-in-feature.js';
import { labelInSlideProperty } from './rules/label-in-slide-property.js';
import { markedSlides } from './marked-slides.js';
import { encoderMarks, type EncoderMark } from './stores.js';

export interface LintOptions {
  /** Folder of the experiment file. */
  readonly baseFolder: string;
  /** As `readCohort` read it. */
  readonly table: CsvTable | undefined;
  readonly slides: readonly CohortSlide[];
  /** Of each run of the study, the first first. */
  readonly splits: readonly Split[];
  /** Whether slides nobody has looked at yet are opened: minutes for a large cohort. */
  readonly readSlides: boolean;
  /** How many patches stored features have, by slide id, where they were counted. */
  readonly patchCounts?: ReadonlyMap<string, number>;
  /** What earlier runs have seen of the slides, by slide id. */
  readonly qualities?: ReadonlyMap<string, SlideQuality>;
  /** Where a value of the experiment stands. */
  placeIn(path: readonly string[]): Place;
}

/** What the rules have against a cohort that can be read. Rules about slides speak of those that were looked at, now or before. */
export async function lintCohort(experiment: Experiment, { baseFolder, table, slides: all, splits, readSlides, patchCounts = new Map(), qualities = new Map(), placeIn }: LintOptions): Promise<Diagnostic[]> {
  const [split] = splits;
  // A given split may leave slides out.
  const slides = all.filter(({ id }) => split.has(id));
  const file = resolve(baseFolder, experiment.cohort.table);
  const columns = table ? otherColumns(table, experiment.cohort.columns, slides) : [];
  const prints = await collectPrints(slides, resolve(baseFolder, cacheFolder), readSlides);
  const marks = experiment.encoder.kind === 'features' ? await encoderMarks(slides, experiment.encoder, baseFolder) : new Map<string, EncoderMark>();
  const moments = experiment.encoder.kind === 'features' && readSlides ? await featureMoments(slides, experiment.encoder, baseFolder) : new Map<string, FeatureMoments>();
  const marked = await markedSlides(experiment, slides, baseFolder);
  return runRules({ experiment, slides, split, splits, columns, prints, patchCounts, featureMoments: moments, qualities, ...(marked && { marked }), encoderMarks: marks, placeIn, placeOf: ({ id, line }) => ({ file, line, slide: id }) });
}

/** What there is to say of a cohort once its patches are there: of their numbers, of what was seen when they were cut, and of stored features. */
export function lintMaterial(experiment: Experiment, slides: readonly CohortSlide[], split: Split, known: Pick<LintedCohort, 'patchCounts' | 'qualities' | 'featureMoments'>): Diagnostic[] {
  return runRules({ experiment, slides, split, splits: [split], columns: [], prints: new Map(), encoderMarks: new Map(), ...known, placeIn: () => ({}), placeOf: ({ line, id }) => ({ line, slide: id }) }, [labelInSlideProperty, labelInFeature]);
}

/** All findings of the rules. A cohort of nobody has none. */
export function runRules(cohort: LintedCohort, rules: readonly CohortRule[] = cohortRules): Diagnostic[] {
  if (cohort.slides.length === 0) return [];
  return rules.flatMap(({ code, find }) => find(cohort).map((finding) => ({ severity: lintRules[code].severity, code, ...finding })));
}
