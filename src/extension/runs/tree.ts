import { basename } from 'node:path';
import { EventEmitter, l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, window, type TreeDataProvider, type TreeView } from 'vscode';
import type { RunSummary } from '../../shared/run/list.js';
import type { CompleteRound } from '../../shared/run/read.js';
import { formatBriefly, formatMetric } from '../../shared/run/too-few.js';
import { formatDuration } from '../../shared/units.js';
import type { StudyMember } from '../../shared/study/members.js';
import type { Session } from '../session.js';
import { memberLabel, studyItem, waitingItem } from './study-item.js';
import { glance, isAlive, startedBriefly, stateWord, whereabouts } from './words.js';

/** A node of the tree "Runs": a run, or one of its complete rounds. Commands from its menus get it as argument. */
export class RunNode {
  constructor(
    readonly run: string,
    readonly round?: number,
    /** What tells it from the other runs of its study. */
    readonly label?: string,
  ) {}
}

/** Runs that are folds, repeats or seeds of one experiment. */
export class StudyNode {
  constructor(readonly study: string) {}
}

/** A run of a study that has not begun. */
export class WaitingNode {
  constructor(
    readonly member: StudyMember,
    readonly repeats: boolean,
  ) {}
}

export type TreeNode = RunNode | StudyNode | WaitingNode;

const icons: Record<RunSummary['state'], ThemeIcon> = {
  running: new ThemeIcon('sync~spin', new ThemeColor('charts.blue')),
  paused: new ThemeIcon('debug-pause', new ThemeColor('charts.yellow')),
  done: new ThemeIcon('pass', new ThemeColor('testing.iconPassed')),
  failed: new ThemeIcon('error', new ThemeColor('testing.iconFailed')),
  interrupted: new ThemeIcon('circle-slash', new ThemeColor('descriptionForeground')),
  lost: new ThemeIcon('warning', new ThemeColor('list.warningForeground')),
};

/** The tree "Runs", newest first, kept in step with the store. */
export function createRunTree({ context, runs, studies }: Pick<Session, 'context' | 'runs' | 'studies'>): TreeView<TreeNode> {
  const changed = new EventEmitter<void>();
  const provider: TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    async getChildren(parent) {
      if (!parent) return (await studies.topLevel()).map((top) => ('study' in top ? new StudyNode(top.study) : new RunNode(top.run)));
      if (parent instanceof StudyNode) return membersOf(studies, parent.study);
      return parent instanceof RunNode ? (await roundsOf(parent.run)).map(({ metrics }) => new RunNode(parent.run, metrics.round)) : [];
    },
    async getTreeItem(node) {
      if (node instanceof WaitingNode) return waitingItem(node.member, node.repeats);
      if (node instanceof StudyNode) {
        const shown = await studies.show(node.study);
        return shown ? studyItem(shown) : new TreeItem(basename(node.study));
      }
      const summary = runs.get(node.run);
      if (!summary) return new TreeItem(basename(node.run));
      const round = node.round === undefined ? undefined : (await roundsOf(node.run)).find(({ metrics }) => metrics.round === node.round);
      return round ? roundItem(summary, round) : runItem(summary, node.label);
    },
  };
  const tree = window.createTreeView('mil.runs', { treeDataProvider: provider, canSelectMany: true, showCollapseAll: true });
  context.subscriptions.push(changed, tree, runs.onDidChange(() => changed.fire()), studies.onDidChange(() => changed.fire()));
  return tree;
}

/** The runs of a study in its order: those that have begun, and those that wait. */
async function membersOf(studies: Session['studies'], folder: string): Promise<TreeNode[]> {
  const members = (await studies.show(folder))?.state.members ?? [];
  const repeats = members.some(({ repeat }) => repeat > 1);
  return members.map((member) => (member.summary ? new RunNode(member.run, undefined, memberLabel(member, repeats)) : new WaitingNode(member, repeats)));
}

/** The schemas load when first needed, not with the extension. */
async function roundsOf(run: string): Promise<readonly CompleteRound[]> {
  const { readRounds } = await import('../../shared/run/read.js');
  return readRounds(run);
}

function runItem(summary: RunSummary, label = summary.status.name): TreeItem {
  const { run, state, status } = summary;
  const item = new TreeItem(label, status.round > 1 || summary.result ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.id = run;
  item.iconPath = icons[state];
  item.contextValue = `run-${state}`;
  item.description = `${glance(summary)} · ${startedBriefly(summary)}`;
  item.accessibilityInformation = { label: `${label}, ${stateWord(state)}, ${glance(summary)}, ${l10n.t('started {0}', startedAt(status.started))}` };
  item.tooltip = tooltip(summary);
  item.command = { command: 'mil.openDashboard', title: l10n.t('Open Dashboard'), arguments: [run] };
  return item;
}

function roundItem({ run, result }: RunSummary, { metrics: { round, validation, mining } }: CompleteRound): TreeItem {
  const item = new TreeItem(l10n.t('Round {0}', round));
  const chosen = result?.selectedRound === round;
  item.id = `${run}#${round}`;
  item.contextValue = 'round';
  item.iconPath = new ThemeIcon(chosen ? 'star-full' : 'circle-outline');
  const words = [l10n.t('AUROC {0}', formatBriefly(validation)), ...(mining ? [l10n.t('{0} hard negatives', mining.hardNegatives)] : []), ...(chosen ? [l10n.t('selected')] : [])];
  item.description = words.join(' · ');
  item.tooltip = l10n.t('Validation: {0}', words.join(' · '));
  item.command = { command: 'mil.browseNegatives', title: l10n.t('Browse Mined Negatives'), arguments: [run, round] };
  return item;
}

function tooltip(summary: RunSummary): MarkdownString {
  const { run, state, status, result } = summary;
  const text = new MarkdownString('', true);
  const lines: (readonly [string, string])[] = [
    [l10n.t('Started'), startedAt(status.started)],
    ...(isAlive(summary) ? [] : [[l10n.t('Ended'), l10n.t('after {0}', formatDuration(Math.max(0, status.heartbeat - status.started)))] as const]),
    ...(result ? ([[l10n.t('Test AUROC'), formatMetric(result.test, 'auroc')], [l10n.t('Validation AUROC'), formatMetric(result.validation, 'auroc')], [l10n.t('Selected'), l10n.t('round {0} of {1}', result.selectedRound, status.rounds)]] as const) : []),
    [l10n.t('Host'), l10n.t('{0}, process {1}', status.host, status.pid)],
  ];
  text.appendMarkdown(`$(${icons[state].id}) **`).appendText(status.name).appendMarkdown(`** · ${isAlive(summary) ? `${stateWord(state)} · ${whereabouts(summary)}` : glance(summary)}\n\n`);
  for (const [name, value] of lines) text.appendMarkdown(`${name}: `).appendText(value).appendMarkdown('  \n');
  if (status.error) text.appendMarkdown('\n').appendText(status.error.message).appendMarkdown('\n');
  return text.appendMarkdown('\n').appendCodeblock(run, 'text');
}

function startedAt(time: number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
