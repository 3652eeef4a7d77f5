import { join } from 'node:path';
import { l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import { runMil } from '../service/run-mil.js';
import type { CommandHandler } from './index.js';

/** MIL: Create Sample Experiment. An argument names the folder; without one the workspace's `sample` is taken. */
export const createSample: CommandHandler = async ({ context }, folder) => {
  const root = workspace.workspaceFolders?.[0];
  const target = typeof folder === 'string' ? folder : root && join(root.uri.fsPath, 'sample');
  if (!target) throw new Error(l10n.t('Open a folder first: the sample is drawn into it.'));
  const printed = await window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('Drawing the sample cohort') }, () => runMil(context, ['sample', target]));
  const file = join(target, 'sample.mil.json');
  void printed;
  await window.showTextDocument(Uri.file(file));
  return file;
};
