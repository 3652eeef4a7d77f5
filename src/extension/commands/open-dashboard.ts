import { l10n } from 'vscode';
import { showDashboard } from '../panels/dashboard.js';
import type { CommandHandler } from './index.js';

/** MIL: Open Dashboard. Of the run given, or the newest. */
export const openDashboard: CommandHandler = async (session, target) => {
  const run = typeof target === 'string' ? target : (await session.runs.known())[0]?.run;
  if (!run) throw new Error(l10n.t('There is no run yet. Start one from an experiment file.'));
  showDashboard(session, [run]);
};
