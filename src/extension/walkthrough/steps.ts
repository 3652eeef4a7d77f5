import { commands, TabInputWebview, window, workspace, type Disposable } from 'vscode';
import { dashboardType } from '../panels/dashboard.js';
import { findExperiments } from '../runs/context-keys.js';
import type { Session } from '../session.js';

/** The steps of the walkthrough, whose completion events in the manifest are context keys of these names. */
type Step = 'folder' | 'sample' | 'train' | 'watch' | 'result';

/**
 * VS Code ticks a step when its key becomes true after the step was registered, and never when it was
 * true already: what stands at activation is told this much later, ms.
 */
const afterRegistration = 4_000;

/** Ticks the steps of the walkthrough that are done, by what there is rather than by which button was pressed. */
export function tickSteps({ context, runs }: Session): void {
  const done = new Set<Step>();
  const tick = (step: Step, reached: boolean): void => {
    if (!reached || done.has(step)) return;
    done.add(step);
    void commands.executeCommand('setContext', `mil.step.${step}`, true);
  };
  const look = async (): Promise<void> => {
    tick('folder', (workspace.workspaceFolders ?? []).length > 0);
    tick('train', runs.list().length > 0);
    tick('result', runs.list().some(({ state }) => state === 'done'));
    tick('sample', done.has('train') || (await findExperiments(1)).length > 0);
    tick('watch', window.tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(dashboardType))));
  };
  const following: Disposable[] = [];
  const timer = setTimeout(() => {
    void look();
    // A new experiment file is opened when it is made.
    following.push(runs.onDidChange(look), window.tabGroups.onDidChangeTabs(look));
  }, afterRegistration);
  context.subscriptions.push({
    dispose: () => {
      clearTimeout(timer);
      for (const one of following) one.dispose();
    },
  });
}
