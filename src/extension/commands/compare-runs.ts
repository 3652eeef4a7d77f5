import { showDashboard } from '../panels/dashboard.js';
import { pickRuns } from '../panels/pick-runs.js';
import type { CommandHandler } from './index.js';

/** MIL: Compare Runs. Those given, or those chosen from a list. */
export const compareRuns: CommandHandler = async (session, ...targets) => {
  const given = targets.flat().filter((run) => typeof run === 'string');
  const runs = given.length > 0 ? given : await pickRuns(session, (await session.runs.known()).slice(0, 2).map(({ run }) => run));
  if (runs) showDashboard(session, [...new Set(runs)], 'comparison');
};
