import { l10n, Uri, window } from 'vscode';
import { logFile } from '../runs/log.js';
import { chooseRun } from './choose-runs.js';
import type { CommandHandler } from './index.js';

/** MIL: Show Log of Run. What its host printed, scrolled to the end. */
export const showLog: CommandHandler = async (session, target) => {
  const run = await chooseRun(session, target, { title: l10n.t('Show the log of which run?'), allow: ({ run }) => logFile(run) !== undefined, none: l10n.t('No run has a log: those started in a terminal print there.') });
  if (run === undefined) return;
  const file = logFile(run);
  if (!file) throw new Error(l10n.t('This run has no log: it was started in a terminal and printed there.'));
  const editor = await window.showTextDocument(Uri.file(file), { preview: true });
  editor.revealRange(editor.document.lineAt(editor.document.lineCount - 1).range);
};
