import type { Session } from '../session.js';
import { keepContextKeys } from './context-keys.js';
import { tellHowRunsEnd } from './endings.js';
import { showRunsInStatusBar } from './status-bar.js';
import { sumUpStudies } from './study-sums.js';

/** Everything of the window that follows runs. The tree is the session's own, for commands ask it what is selected. */
export function followRuns(session: Session): void {
  showRunsInStatusBar(session);
  tellHowRunsEnd(session);
  keepContextKeys(session);
  sumUpStudies(session);
  session.runs.watch();
}
