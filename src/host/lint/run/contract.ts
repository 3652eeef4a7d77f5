import type { RuleFinding } from '../../../cohort/lint/contract.js';
import type { Experiment } from '../../../shared/experiment/index.js';
import type { RunEvent } from '../../../shared/run/events.js';
import type { RuleCode } from '../../../shared/lint/rules.js';
import type { RoundMetrics, RunResult } from '../../../shared/run/metrics.js';
import type { SlidePrediction } from '../../../shared/run/predictions.js';

/** Attention of one slide's patches, in any order. */
export interface SlideAttention {
  readonly slide: string;
  readonly attention: Float32Array;
}

/** What the rules about runs look at; a run that is not done shows what it has. */
export interface LintedRun {
  readonly experiment: Experiment;
  readonly events: readonly RunEvent[];
  /** Complete rounds, first to last. */
  readonly rounds: readonly RoundMetrics[];
  readonly result: RunResult | undefined;
  /** The round the result stands on, or the last one; undefined before any is complete. */
  readonly judged: JudgedRound | undefined;
  /** Of the selected round; undefined before the test. */
  readonly test: readonly SlidePrediction[] | undefined;
}

export interface JudgedRound {
  readonly metrics: RoundMetrics;
  readonly attention: readonly SlideAttention[];
  /** Of training and validation slides; undefined in runs that kept none. */
  readonly predictions: readonly SlidePrediction[] | undefined;
}

/** A rule about a run: one file each. Its findings have no place: the run is their place. */
export interface RunRule {
  readonly code: RuleCode;
  find(run: LintedRun): Omit<RuleFinding, 'place'>[];
}
