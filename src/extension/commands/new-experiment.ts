import { l10n, Uri, window, workspace } from 'vscode';
import { runMil } from '../service/run-mil.js';
import type { CommandHandler } from './index.js';

/** What `mil new FOLDER --json` prints. */
interface Created {
  readonly experimentFile: string;
  readonly cohortFile: string;
  readonly notes: readonly string[];
}

/**
 * MIL: New Experiment. From a folder of slides or of features: the one given, or one the person picks.
 * Ids, patients and labels are inferred; what could not be is said. @returns the experiment file.
 */
export const newExperiment: CommandHandler = async ({ context, log }, target) => {
  const folder = target instanceof Uri ? target.fsPath : typeof target === 'string' ? target : await askFolder();
  if (folder === undefined) return undefined;
  const { experimentFile, cohortFile, notes } = JSON.parse(await runMil(context, ['new', folder, '--json'])) as Created;
  for (const note of notes) log.info(`New experiment: ${note}`);
  await window.showTextDocument(Uri.file(experimentFile));
  void tell(notes, cohortFile);
  return experimentFile;
};

async function tell(notes: readonly string[], cohortFile: string): Promise<void> {
  const table = l10n.t('Open Cohort Table');
  if ((await window.showInformationMessage(notes.join(' '), table)) === table) await window.showTextDocument(Uri.file(cohortFile));
}

async function askFolder(): Promise<string | undefined> {
  const [root] = workspace.workspaceFolders ?? [];
  const picked = await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel: l10n.t('Begin Here'), title: l10n.t('A folder of slides, or of features (.h5)'), ...(root ? { defaultUri: root.uri } : {}) });
  return picked?.[0]?.fsPath;
}
