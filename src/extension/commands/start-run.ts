import { dirname, relative } from 'node:path';
import { commands, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { findExperiments } from '../runs/context-keys.js';
import { showProgress } from '../runs/progress.js';
import { runMil } from '../service/run-mil.js';
import type { Session } from '../session.js';
import type { CommandHandler } from './index.js';
import { isStudy, showStudy } from './studies.js';
import { requireTrust } from './trust.js';

/** Starts that are under way, by experiment file: pressing the button twice starts one run. */
const starting = new Map<string, Promise<string>>();
const experimentName = /\.mil\.(json|ya?ml)$/i;

/** MIL: Start Training Run. Of the experiment given, the one in the active editor, or one of the workspace. @returns the run folder. */
export const startRun: CommandHandler = async (session, target) => {
  if (!(await requireTrust())) return undefined;
  const file = await experimentFile(target, l10n.t('Start Training Run'));
  if (file === undefined) return undefined;
  await saveFile(file);
  const run = starting.get(file) ?? begin(session, ['train', file, '--detach'], dirname(file)).finally(() => starting.delete(file));
  starting.set(file, run);
  return run;
};

/** Starts or resumes a run or a study in a process of its own, and shows it. @returns its folder. */
export async function begin(session: Session, words: readonly string[], cwd: string): Promise<string> {
  const printed = await window.withProgress({ location: ProgressLocation.Window, title: l10n.t('Starting the training host') }, () => runMil(session.context, words, { cwd }));
  const run = printed.trim();
  if (isStudy(run)) return showStudy(session, run);
  session.runs.add(run);
  void showProgress(session, run);
  void commands.executeCommand('mil.openDashboard', run);
  return run;
}

/** The experiment a command is about: the one given, the one in the active editor, or one of the workspace that a person picks. */
export async function experimentFile(target: unknown, title: string): Promise<string | undefined> {
  if (target instanceof Uri) return target.fsPath;
  if (typeof target === 'string') return target;
  const active = window.activeTextEditor?.document.uri.fsPath;
  if (active && experimentName.test(active)) return active;
  const found = await findExperiments();
  if (found.length === 0) throw new Error(l10n.t('There is no experiment file (*.mil.json or *.mil.yaml) in this workspace. Create one with "MIL: New Experiment…" or "MIL: Create Sample Experiment".'));
  if (found.length === 1) return found[0];
  const picked = await window.showQuickPick(
    found.map((file) => ({ label: workspace.asRelativePath(file), file })),
    { title, placeHolder: l10n.t('Which experiment?') },
  );
  return picked?.file;
}

/** The host reads the file from disk: what is in the editor must be there. */
async function saveFile(file: string): Promise<void> {
  const open = workspace.textDocuments.find(({ uri, isDirty }) => isDirty && relative(uri.fsPath, file) === '');
  if (open && !(await open.save())) throw new Error(l10n.t('{0} could not be saved, so nothing was started.', workspace.asRelativePath(file)));
}
