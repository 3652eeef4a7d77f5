import { commands, TabInputWebview, window, workspace, type Tab } from 'vscode';
import { dashboardType } from '../panels/dashboard.js';
import { findExperiments } from '../runs/context-keys.js';
import type { Session } from '../session.js';

/** The steps of the walkthrough, whose completion events in the manifest are context keys of these names. */
type Step = 'folder' | 'sample' | 'train' | 'watch' | 'result';

/** How long VS Code may take to register the steps once its page is open, ms. */
const registering = 1_500;

/**
 * Ticks the steps of the walkthrough that are done, by what there is rather than by which button was pressed.
 *
 * VS Code registers steps when its page first opens, and ticks one only when its key becomes true after
 * that: what was true before is never ticked. So the keys stay unset until that page was open.
 */
export function tickSteps({ context, runs }: Session): void {
  const done = new Set<Step>();
  let registered = false;
  const tick = (step: Step, reached: boolean): void => {
    if (!reached || done.has(step)) return;
    done.add(step);
    void commands.executeCommand('setContext', `mil.step.${step}`, true);
  };
  const look = async (): Promise<void> => {
    if (!registered) return;
    tick('folder', (workspace.workspaceFolders ?? []).length > 0);
    tick('train', runs.list().length > 0);
    tick('result', runs.list().some(({ state }) => state === 'done'));
    tick('watch', openTabs().some(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(dashboardType)));
    tick('sample', done.has('train') || (await findExperiments(1)).length > 0);
  };
  let timer: NodeJS.Timeout | undefined;
  const onTabs = (): void => {
    // A new experiment file is opened when it is made, so tabs tell of that too.
    if (registered) return void look();
    if (timer || !openTabs().some(isPage)) return;
    timer = setTimeout(() => {
      registered = true;
      void look();
    }, registering);
  };
  onTabs();
  context.subscriptions.push(runs.onDidChange(look), window.tabGroups.onDidChangeTabs(onTabs), { dispose: () => clearTimeout(timer) });
}

/** The walkthrough is one of the pages whose kind the API does not name. */
function isPage({ input }: Tab): boolean {
  return input === undefined;
}

function openTabs(): readonly Tab[] {
  return window.tabGroups.all.flatMap(({ tabs }) => tabs);
}
