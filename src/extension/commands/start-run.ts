import { commands, l10n, Uri, window } from 'vscode';
import { runMil } from '../service/run-mil.js';
import type { CommandHandler } from './index.js';

/** MIL: Start Training Run. Of the experiment given, or the one in the active editor. @returns the run folder. */
export const startRun: CommandHandler = async ({ context, runs }, target) => {
  const file = target instanceof Uri ? target.fsPath : typeof target === 'string' ? target : window.activeTextEditor?.document.uri.fsPath;
  if (!file || !/\.mil\.(json|ya?ml)$/i.test(file)) throw new Error(l10n.t('Open an experiment file (*.mil.json or *.mil.yaml) first.'));
  const run = (await runMil(context, ['train', file, '--detach'])).trim();
  runs.add(run);
  void commands.executeCommand('mil.openDashboard', run);
  return run;
};
