import type { Diagnostic } from '../../shared/diagnostics.js';
import type { Place } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import type { RuleCode } from '../../shared/lint/rules.js';
import type { SlideQuality } from '../../shared/slide-quality.js';
import type { CohortSlide, Split } from '../contract.js';
import type { FeatureMoments } from './feature-moments.js';
import type { SlidePrint } from './prints/print.js';
import type { EncoderMark } from './stores.js';

/** A column of the cohort table. */
export interface TableColumn {
  readonly name: string;
  /** A cell a slide, in the order of the slides. */
  readonly cells: readonly string[];
  /** Of its head. */
  readonly place: Place;
}

/** What the rules look at. */
export interface LintedCohort {
  readonly experiment: Pick<Experiment, 'cohort' | 'split' | 'evaluation'>;
  readonly slides: readonly CohortSlide[];
  /** Of the first run. */
  readonly split: Split;
  /** Of every run of the study, the first among them. */
  readonly splits: readonly Split[];
  /** The columns the experiment does not use. */
  readonly columns: readonly TableColumn[];
  /** What is known of the slides' pictures and headers, by slide id; empty where nobody has looked. */
  readonly prints: ReadonlyMap<string, SlidePrint>;
  /** How many patches stored features have, by slide id; empty where features are computed. */
  readonly patchCounts: ReadonlyMap<string, number>;
  /** What stored features are like, by slide id; empty where they are computed, or nobody has looked. */
  readonly featureMoments: ReadonlyMap<string, FeatureMoments>;
  /** Slides on which instance truth is drawn; undefined where the cohort has none. */
  readonly marked?: ReadonlySet<string>;
  /** What was seen of slides when their patches were cut, by slide id; empty where nobody has. */
  readonly qualities: ReadonlyMap<string, SlideQuality>;
  /** What feature stores say of their encoder, by slide id. */
  readonly encoderMarks: ReadonlyMap<string, EncoderMark>;
  /** Where a slide stands in the table. */
  placeOf(slide: CohortSlide): Place;
  /** Where a value of the experiment stands. */
  placeIn(path: readonly string[]): Place;
}

/** What a rule found; code and severity are the rule's. */
export type RuleFinding = Omit<Diagnostic, 'code' | 'severity'>;

/** A rule about a cohort: one file each. */
export interface CohortRule {
  readonly code: RuleCode;
  find(cohort: LintedCohort): RuleFinding[];
}
