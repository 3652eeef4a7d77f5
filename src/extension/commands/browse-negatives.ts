import { l10n } from 'vscode';
import { negativesPanel } from '../panels/negatives.js';
import { chooseRun } from './choose-runs.js';
import type { CommandHandler } from './index.js';

/** MIL: Browse Mined Negatives. Of the run folder given or chosen, and of the round given or the newest. */
export const browseNegatives: CommandHandler = async (session, target, round) => {
  const run = await chooseRun(session, target, { title: l10n.t('Browse the mined negatives of which run?') });
  if (run !== undefined) await negativesPanel(session).browse({ run, ...(typeof round === 'number' ? { round } : {}) });
};
