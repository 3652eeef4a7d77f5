import type { CurveCursor, CurvePart, Settings } from '../runs.js';

/** The state of a dashboard panel, kept over reloads. */
export interface DashboardState {
  /** Absolute run folders, the first one leading. */
  readonly runs: readonly string[];
  readonly tab?: DashboardTab;
  /** Weight of the past in smoothed curves, 0 to below 1. */
  readonly smoothing?: number;
  readonly logScale?: boolean;
  /** What losses are drawn over. */
  readonly axis?: LossAxis;
  /** Keys of series a person switched off. */
  readonly hidden?: readonly string[];
  /** Ids of charts shown as tables. */
  readonly tables?: readonly string[];
  /** Titles of the folded tables of the result that a person opened. */
  readonly opened?: readonly string[];
  /** Part of an x axis that is shown, by the axis. */
  readonly zoom?: Readonly<Record<string, readonly [number, number]>>;
}

export type DashboardTab = 'curves' | 'result' | 'comparison';
export type LossAxis = 'epoch' | 'time';

/** What a person may do with a run of the dashboard; each is a command of the extension. */
export const runActions = ['stop', 'pause', 'continue', 'resume', 'negatives', 'ranking', 'gallery', 'report', 'log', 'experiment'] as const;
export type RunAction = (typeof runActions)[number];

/** What the dashboard may ask of the extension. */
export interface DashboardHost {
  curves(run: string, since?: CurveCursor): Promise<CurvePart>;
  settings(run: string): Promise<Settings>;
  /** Lets a person choose among the runs there are; undefined when they think better of it. */
  pickRuns(chosen: readonly string[]): Promise<readonly string[] | undefined>;
  act(action: RunAction, run: string): Promise<void>;
  /** Asks where to, and writes a file there. @returns whether it was written. */
  save(name: string, content: Uint8Array): Promise<boolean>;
}

/** What the extension tells the dashboard. */
export interface DashboardView {
  /** Show these runs. */
  show(runs: readonly string[], tab: DashboardTab): void;
}
