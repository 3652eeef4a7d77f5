import { basename } from 'node:path';
import { commands, EventEmitter, l10n, MarkdownString, ThemeIcon, TreeItem, window, type TreeDataProvider } from 'vscode';
import { stageNames } from '../../shared/run/events.js';
import type { RunSummary } from '../../shared/run/list.js';
import type { Session } from '../session.js';

const icons: Record<RunSummary['state'], string> = { running: 'sync~spin', paused: 'debug-pause', done: 'pass', failed: 'error', interrupted: 'circle-slash', lost: 'warning' };

/** The tree "Runs", kept in step with the store. */
export function registerRunViews({ context, runs }: Session): void {
  const changed = new EventEmitter<void>();
  const provider: TreeDataProvider<RunSummary> = {
    onDidChangeTreeData: changed.event,
    getChildren: (parent) => (parent ? [] : [...runs.list()]),
    getTreeItem: itemOf,
  };
  const tree = window.createTreeView('mil.runs', { treeDataProvider: provider });
  const refresh = runs.onDidChange(() => {
    changed.fire();
    void commands.executeCommand('setContext', 'mil.hasRuns', runs.list().length > 0);
  });
  context.subscriptions.push(changed, tree, refresh);
  runs.watch();
}

function itemOf({ run, state, status, result }: RunSummary): TreeItem {
  const item = new TreeItem(status.name);
  item.id = run;
  item.iconPath = new ThemeIcon(icons[state]);
  item.contextValue = `run-${state}`;
  const auroc = result?.test.auroc.value;
  item.description = auroc === undefined || auroc === null ? `${state}${status.stage ? ` · ${stageNames[status.stage]} ${status.round}/${status.rounds}` : ''}` : l10n.t('test AUROC {0}', auroc.toFixed(3));
  item.tooltip = new MarkdownString(`**${status.name}** · ${state}\n\n${basename(run)}`);
  item.command = { command: 'mil.openDashboard', title: l10n.t('Open Dashboard'), arguments: [run] };
  return item;
}
