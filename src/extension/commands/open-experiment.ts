import { l10n, Uri, window } from 'vscode';
import { chooseRun } from './choose-runs.js';
import type { CommandHandler } from './index.js';
import { isStudy } from './studies.js';

/** MIL: Open Experiment File of Run, or of the study given. */
export const openExperiment: CommandHandler = async (session, target) => {
  const study = isStudy(target) ? await session.studies.show(target) : undefined;
  const run = study ? undefined : await chooseRun(session, target, { title: l10n.t('Open the experiment of which run?') });
  const file = study ? study.state.study.experimentFile : run === undefined ? undefined : session.runs.get(run)?.status.experimentFile;
  if (file !== undefined) await window.showTextDocument(Uri.file(file));
};
