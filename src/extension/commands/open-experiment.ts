import { l10n, Uri, window } from 'vscode';
import { chooseRun } from './choose-runs.js';
import type { CommandHandler } from './index.js';

/** MIL: Open Experiment File of Run. */
export const openExperiment: CommandHandler = async (session, target) => {
  const run = await chooseRun(session, target, { title: l10n.t('Open the experiment of which run?') });
  const file = run === undefined ? undefined : session.runs.get(run)?.status.experimentFile;
  if (file !== undefined) await window.showTextDocument(Uri.file(file));
};
