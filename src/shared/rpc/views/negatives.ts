import type { Judgement } from '../../judgements/format.js';
import type { BadLine } from '../../judgements/parse.js';
import type { Verdict } from '../../judgements/verdicts.js';
import type { BankOverview, BankService } from '../banks.js';
import type { ExplainService } from '../explain.js';

/** The state of the view "Mined Negatives", kept over reloads. */
export interface NegativesState {
  /** Absolute run folder; undefined before one was chosen. */
  readonly run?: string;
  /** Undefined: the newest. */
  readonly round?: number;
  /** When it was chosen, ms since 1970: of what the view kept and what the extension kept, the later counts. */
  readonly at?: number;
  /** Whether somebody asked for the view just now: its patches then get the keys. Never kept. */
  readonly takesFocus?: boolean;
}

/** A square of a slide: its id in the cohort table, level-0 pixels. */
export interface PatchPlace {
  readonly slide: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** The judgements of a run's experiment, as their file says it now. */
export interface StandingJudgements {
  readonly standing: readonly Judgement[];
  /** Lines that could not be read. */
  readonly problems: readonly BadLine[];
}

/** What the view may ask of the extension. */
export interface NegativesHost extends Omit<BankService, 'bankOverview'>, ExplainService {
  /** Opens a run for the view; from then on the view is told of its new rounds and judgements. */
  watchBank(run: string): Promise<BankOverview>;
  judgements(run: string): Promise<StandingJudgements>;
  /** Keeps run and round over a reload of the window; what a webview keeps itself is saved by the minute only. */
  remember(state: NegativesState): void;
  /** Writes a judgement into the file; `none` takes back what was said. */
  judge(run: string, round: number, patch: PatchPlace, verdict: Verdict): Promise<void>;
  openSlide(run: string, round: number, patch: PatchPlace): void;
  /** Lets the person choose another run. */
  chooseRun(): void;
  /** Shows the judgements file, at a line where one is given. */
  openJudgements(run: string, line?: number): void;
}

/** What the extension tells the view. */
export interface NegativesView {
  show(state: NegativesState): void;
  /** A round was completed, or the run began anew. */
  bankChanged(overview: BankOverview): void;
  judgementsChanged(judgements: StandingJudgements): void;
}
