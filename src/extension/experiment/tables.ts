import { readFile } from 'node:fs/promises';
import { basename, dirname, relative } from 'node:path';
import { l10n, StatusBarAlignment, Uri, window, workspace, type TextDocument } from 'vscode';
import { findExperiments } from '../runs/context-keys.js';
import type { Session } from '../session.js';
import { keyOf } from './files.js';

/** Right of the language of the document. */
const priority = 50;
/** So many experiments that name a table are looked at, the nearest first: each reads the whole cohort. */
const atMost = 5;
const tableName = /\.(csv|tsv|txt)$/i;
/** Columns by which a table shows that it is one of slides. */
const cohortColumns = /(^|[,;\t"])(slide(_id)?|case_id|patient_id|label)(?=["]?([,;\t]|$))/i;

/**
 * Checks tables that are open without the experiment that names them, and says in the status bar by which
 * experiments a table is checked, or that none names it.
 */
export function followTables({ experiments, context }: Session): void {
  const item = window.createStatusBarItem('mil.table', StatusBarAlignment.Right, priority);
  item.name = l10n.t('MIL: experiments of a table');
  const attend = async (): Promise<void> => {
    const namers = (await Promise.all(workspace.textDocuments.filter(isTable).map(({ uri }) => experimentsThatMayName(uri.fsPath)))).flat();
    experiments.attendOnly(namers);
    for (const file of namers) experiments.attend(file);
    show();
  };
  const show = (): void => {
    const document = window.activeTextEditor?.document;
    if (!document || !isTable(document)) return item.hide();
    const namers = experiments.namersOf(document.uri.fsPath);
    if (namers.length === 0 && !cohortColumns.test(document.lineAt(0).text)) return item.hide();
    const names = namers.map((file) => workspace.asRelativePath(file)).join(', ');
    item.text = namers.length > 0 ? `$(checklist) ${namers.map((file) => basename(file)).join(', ')}` : `$(circle-slash) ${l10n.t('No experiment names this table')}`;
    item.tooltip = namers.length > 0 ? l10n.t('This table is checked as part of {0}.', names) : l10n.t('Its slides, labels and patients are not checked: no experiment (*.mil.json or *.mil.yaml) of this workspace names it.');
    item.command = namers.length > 0 ? { command: 'vscode.open', title: l10n.t('Open Experiment'), arguments: [Uri.file(namers[0]!)] } : undefined;
    item.show();
  };
  const onTable = (document: TextDocument): void => void (tableOrExperiment(document) && attend());
  context.subscriptions.push(item, workspace.onDidOpenTextDocument(onTable), workspace.onDidCloseTextDocument(onTable), workspace.onDidSaveTextDocument(onTable), workspace.onDidGrantWorkspaceTrust(attend), window.onDidChangeActiveTextEditor(show), experiments.onDidCheck(show));
  void attend();
}

function isTable({ uri }: TextDocument): boolean {
  return uri.scheme === 'file' && tableName.test(uri.path);
}

/** An experiment that is closed may be needed again for a table that is open. */
function tableOrExperiment(document: TextDocument): boolean {
  return isTable(document) || /\.mil\.(json|ya?ml)$/i.test(document.uri.path);
}

/** Experiments of the workspace whose text holds the name of a table, the nearest first. */
async function experimentsThatMayName(table: string): Promise<string[]> {
  const texts = await Promise.all((await findExperiments()).map(async (file) => ({ file, text: await readFile(file, 'utf8').catch(() => '') })));
  const steps = (file: string): number => relative(dirname(table), dirname(file)).split(/[\\/]/).length;
  return texts.filter(({ file, text }) => text.includes(basename(table)) && keyOf(file) !== keyOf(table)).map(({ file }) => file).sort((a, b) => steps(a) - steps(b)).slice(0, atMost);
}
