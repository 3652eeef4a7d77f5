import { commands, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { experimentFile } from '../commands/start-run.js';
import type { CommandHandler } from '../commands/index.js';

/** MIL: Check Experiment. Says what was found, and shows it as problems. @returns the findings. */
export const checkExperiment: CommandHandler = async ({ experiments }, target) => {
  const file = await experimentFile(target, l10n.t('Check Experiment'));
  if (file === undefined) return undefined;
  const document = await workspace.openTextDocument(Uri.file(file));
  const found = await window.withProgress({ location: ProgressLocation.Window, title: l10n.t('Checking the experiment, its cohort and its slides') }, () => experiments.check(document));
  const errors = found.filter(({ severity }) => severity === 'error').length;
  void say(workspace.asRelativePath(file), errors, found.length - errors);
  return found;
};

async function say(file: string, errors: number, warnings: number): Promise<void> {
  if (errors + warnings === 0) return void window.showInformationMessage(l10n.t('{0}: nothing is wrong with the experiment, its cohort and its slides.', file));
  const show = l10n.t('Show Problems');
  const message = l10n.t('{0}: {1} errors, {2} warnings.', file, errors, warnings);
  const chosen = await (errors > 0 ? window.showErrorMessage(message, show) : window.showWarningMessage(message, show));
  if (chosen === show) await commands.executeCommand('workbench.actions.view.problems');
}
