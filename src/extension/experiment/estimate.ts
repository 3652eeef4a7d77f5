import { commands, l10n, ProgressLocation, Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import { estimateLine, estimateRows, type RunEstimate } from '../../shared/experiment/estimate.js';
import { experimentFile } from '../commands/start-run.js';
import type { CommandHandler } from '../commands/index.js';

/** Written estimates are documents of this scheme; the editor shows them as Markdown. */
export const estimateScheme = 'mil-estimate';
const written = new Map<string, string>();

/** Gives the editor the estimates written so far. */
export const writtenEstimates: TextDocumentContentProvider = { provideTextDocumentContent: (uri) => written.get(uri.path) ?? l10n.t('Estimate again: this one is gone.') };

/** MIL: Estimate a Run. Says on one line what it would take, and on request how that is known. @returns the estimate. */
export const estimateRun: CommandHandler = async ({ service }, target) => {
  const file = await experimentFile(target, l10n.t('Estimate a Run'));
  if (file === undefined) return undefined;
  const document = await workspace.openTextDocument(Uri.file(file));
  const name = workspace.asRelativePath(file);
  const found = await window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('Estimating a run of {0}', name) }, () => service.calls.estimateExperiment(file, document.getText()));
  void say(name, found);
  return found;
};

async function say(name: string, found: RunEstimate): Promise<void> {
  const details = l10n.t('How?');
  const line = `${name}: ${estimateLine(found)}`;
  const short = found.memory.value > found.memoryThere ? l10n.t('More memory than this machine has.') : found.disk.value > found.diskFree ? l10n.t('More disk than is free.') : undefined;
  const chosen = await (short === undefined ? window.showInformationMessage(line, details) : window.showWarningMessage(`${line}. ${short}`, details));
  if (chosen !== details) return;
  const uri = Uri.from({ scheme: estimateScheme, path: `/${name.replaceAll('/', ' ')} estimate.md` });
  written.set(uri.path, markdownOf(name, found));
  await commands.executeCommand('markdown.showPreview', uri);
}

function markdownOf(name: string, found: RunEstimate): string {
  const rows = estimateRows(found).map(({ quantity, value, how }) => `| ${quantity.trimStart() === quantity ? `**${quantity}**` : `&emsp;${quantity.trim()}`} | ${value} | ${how} |`);
  return [`# ${l10n.t('A run of {0}', name)}`, '', '| | | |', '|---|---|---|', ...rows, ''].join('\n');
}
