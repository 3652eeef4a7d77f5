import { l10n } from 'vscode';
import { showRanking as showPanel } from '../panels/ranking.js';
import { chooseRun } from './choose-runs.js';
import type { CommandHandler } from './index.js';

/** MIL: Show Patch Ranking. Of the run folder given or chosen, and of the round given or the selected one. */
export const showRanking: CommandHandler = async (session, target, round) => {
  const run = await chooseRun(session, target, { title: l10n.t('Show the patch ranking of which run?') });
  if (run !== undefined) showPanel(session, { run, ...(typeof round === 'number' ? { round } : {}), split: 'train', tab: 'pair' });
};
