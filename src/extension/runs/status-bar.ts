import { l10n, StatusBarAlignment, window } from 'vscode';
import type { Session } from '../session.js';
import { isAlive, stateWord, whereabouts } from './words.js';

/** Beside other tools' progress, left of where editors put theirs. */
const priority = 50;

/** An item in the status bar as long as a run lives: its stage, round and time left. */
export function showRunsInStatusBar({ context, runs }: Session): void {
  const item = window.createStatusBarItem('mil.run', StatusBarAlignment.Left, priority);
  item.name = l10n.t('MIL: training runs');
  const update = (): void => {
    const alive = runs.list().filter(isAlive);
    const [first] = alive;
    if (!first) return item.hide();
    const icon = alive.some(({ state }) => state === 'running') ? 'sync~spin' : 'debug-pause';
    item.text = alive.length === 1 ? `$(${icon}) ${first.status.name}: ${first.state === 'paused' ? `${stateWord('paused')} · ` : ''}${whereabouts(first)}` : `$(${icon}) ${l10n.t('{0} runs', alive.length)}`;
    item.tooltip = [...alive.map((run) => `${run.status.name}: ${stateWord(run.state)} · ${whereabouts(run)}`), '', l10n.t('Click to open the dashboard.')].join('\n');
    item.accessibilityInformation = { label: alive.map((run) => `${run.status.name}, ${stateWord(run.state)}, ${whereabouts(run)}`).join('; ') };
    item.command = { command: 'mil.openDashboard', title: l10n.t('Open Dashboard'), arguments: [first.run] };
    item.show();
  };
  update();
  context.subscriptions.push(item, runs.onDidChange(update));
}
