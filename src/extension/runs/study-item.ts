import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { StudyMember } from '../../shared/study/members.js';
import { formatMetric } from '../../shared/run/too-few.js';
import { formatInterval, formatSpread, headline } from '../../shared/study/summary.js';
import type { ShownStudy } from './studies.js';

/** The node of a study: how far it is, and what its runs say together. */
export function studyItem({ state, summary }: ShownStudy): TreeItem {
  const { folder, study, members } = state;
  const failed = members.filter(({ summary: run }) => run?.state === 'failed' || run?.state === 'lost').length;
  const done = members.filter(({ summary: run }) => run?.state === 'done').length;
  const item = new TreeItem(study.name, TreeItemCollapsibleState.Collapsed);
  const number = summary && headline(summary)?.spread;
  const words = [
    ...(number && number.mean !== null ? [l10n.t('AUROC {0}', formatSpread(number))] : []),
    l10n.t('{0} of {1} runs done', done, members.length),
    ...(failed > 0 ? [l10n.t('{0} failed', failed)] : []),
  ].join(' · ');
  item.id = folder;
  item.contextValue = `study-${state.state}`;
  item.iconPath = iconOf(state.state, failed);
  item.description = words;
  item.accessibilityInformation = { label: `${l10n.t('Study {0}', study.name)}, ${words}` };
  item.tooltip = tooltip({ state, summary });
  return item;
}

/** A member that has no run folder yet. */
export function waitingItem(member: StudyMember, repeats: boolean): TreeItem {
  const item = new TreeItem(memberLabel(member, repeats));
  item.description = l10n.t('Waiting');
  item.iconPath = new ThemeIcon('circle-outline', new ThemeColor('descriptionForeground'));
  item.contextValue = 'member-waiting';
  return item;
}

/** `Fold 2 · seed 7`: a run among those of its study. */
export function memberLabel({ repeat, fold, seed }: StudyMember, repeats: boolean): string {
  return [...(repeats ? [l10n.t('Repeat {0}', repeat)] : []), ...(fold === null ? [] : [l10n.t('Fold {0}', fold)]), l10n.t('Seed {0}', seed)].join(' · ');
}

function iconOf(state: ShownStudy['state']['state'], failed: number): ThemeIcon {
  if (state === 'running') return new ThemeIcon('sync~spin', new ThemeColor('charts.blue'));
  if (failed > 0) return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
  return state === 'done' ? new ThemeIcon('layers', new ThemeColor('testing.iconPassed')) : new ThemeIcon('layers', new ThemeColor('descriptionForeground'));
}

function tooltip({ state, summary }: ShownStudy): MarkdownString {
  const text = new MarkdownString('', true);
  text.appendMarkdown('$(layers) **').appendText(state.study.name).appendMarkdown('**\n\n');
  const main = summary && headline(summary);
  if (summary && main && main.spread.mean !== null) {
    const over = main.over === 'folds' ? l10n.t('mean ± sd over {0} test sets', main.spread.n) : l10n.t('mean ± sd over {0} seeds', main.spread.n);
    text.appendText(`${l10n.t('Test AUROC')} ${formatSpread(main.spread)} ${formatInterval(main.spread)} (${over})`).appendMarkdown('  \n');
    if (summary.outOfFold?.auroc.value != null) text.appendText(l10n.t('Out of fold: AUROC {0}', formatMetric(summary.outOfFold, 'auroc'))).appendMarkdown('  \n');
    if (summary.selectionRule) text.appendText(l10n.t('Each run selected on its own validation patients: {0}', summary.selectionRule)).appendMarkdown('\n');
  } else text.appendText(l10n.t('No number yet: it takes two runs on different test sets, or seeds.')).appendMarkdown('\n');
  return text.appendMarkdown('\n').appendCodeblock(state.folder, 'text');
}
