import { basename } from 'node:path';
import { commands, l10n, ProgressLocation, window, workspace } from 'vscode';
import { studyMetrics, type StudyMetric } from '../../shared/study/summary.js';
import { glance } from '../runs/words.js';
import type { Session } from '../session.js';
import type { CommandHandler } from './index.js';

/**
 * MIL: Compare with Statistics…: differences with intervals and p, as `mil compare` tells them, in a document that
 * can be saved. Of the run or study folders given, or chosen from a list. @returns the Markdown.
 */
export const compareStatistics: CommandHandler = async (session, target, metric) => {
  const given = [target].flat().filter((folder) => typeof folder === 'string');
  const folders = given.length > 1 ? given : await chooseFinished(session, given);
  const by = folders && (studyMetrics.find((known) => known === metric) ?? (await chooseMetric()));
  if (!folders || by === undefined) return undefined;
  const title = l10n.t('Comparing {0} runs', folders.length);
  const text = await window.withProgress({ location: ProgressLocation.Window, title }, () => session.service.calls.compareRuns(folders, by));
  await window.showTextDocument(await workspace.openTextDocument({ language: 'markdown', content: text }));
  await commands.executeCommand('markdown.showPreviewToSide');
  return text;
};

/** Runs that are done, and studies with at least two such runs; those given are ticked. */
async function chooseFinished({ runs, studies }: Session, ticked: readonly string[]): Promise<readonly string[] | undefined> {
  const done = (await runs.known()).filter(({ state }) => state === 'done');
  const ofStudies = (await studies.all()).filter(({ state: { members } }) => members.filter(({ summary }) => summary?.state === 'done').length > 1);
  const items = [
    ...ofStudies.map(({ state: { folder, study, members } }) => ({ folder, label: `$(layers) ${study.name}`, description: l10n.t('Study of {0} runs', members.length), detail: basename(folder) })),
    ...done.map((summary) => ({ folder: summary.run, label: summary.status.name, description: glance(summary), detail: basename(summary.run) })),
  ].map((item) => ({ ...item, picked: ticked.includes(item.folder) }));
  if (items.length < 2) throw new Error(l10n.t('There is nothing to compare: it takes two runs, or two studies, that are done.'));
  const picked = await window.showQuickPick(items, { canPickMany: true, matchOnDescription: true, matchOnDetail: true, title: l10n.t('Compare with Statistics'), placeHolder: l10n.t('Two or more, tested on the same slides') });
  return picked && picked.length > 0 ? picked.map(({ folder }) => folder) : undefined;
}

async function chooseMetric(): Promise<StudyMetric | undefined> {
  const items: readonly { readonly label: string; readonly description?: string; readonly metric: StudyMetric }[] = [
    { metric: 'auroc', label: l10n.t('AUROC'), description: l10n.t("DeLong's test; of several classes, their mean by bootstrap") },
    { metric: 'averagePrecision', label: l10n.t('Average precision') },
    { metric: 'accuracy', label: l10n.t('Accuracy') },
    { metric: 'balancedAccuracy', label: l10n.t('Balanced accuracy') },
    { metric: 'f1', label: l10n.t('F1') },
    { metric: 'brier', label: l10n.t('Brier score') },
  ];
  return (await window.showQuickPick(items, { title: l10n.t('Compare by which metric?') }))?.metric;
}
