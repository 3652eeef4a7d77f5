import { basename } from 'node:path';
import { l10n, window } from 'vscode';
import { chooseRun } from './choose-runs.js';
import type { CommandHandler } from './index.js';

/** MIL: Open in Terminal. In the folder of the run or study given, or of a run that is chosen. */
export const openTerminal: CommandHandler = async (session, target) => {
  const folder = await chooseRun(session, target, { title: l10n.t('Open a terminal in which run?') });
  if (folder !== undefined) window.createTerminal({ cwd: folder, name: basename(folder) }).show();
};
