import type { RunEvent } from '../../run/events.js';

/** The state of a dashboard panel, kept over reloads. */
export interface DashboardState {
  /** Absolute run folders, the first one leading. */
  readonly runs: readonly string[];
}

/** What the dashboard may ask of the extension. */
export interface DashboardHost {
  readEvents(run: string, after: number, limit: number): Promise<readonly RunEvent[]>;
}

/** What the extension tells the dashboard. */
export interface DashboardView {
  /** Show these runs. */
  show(state: DashboardState): void;
}
