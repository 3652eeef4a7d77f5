import { basename } from 'node:path';
import { commands, l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Remote } from '../../shared/rpc/channel.js';
import { runActions, type DashboardHost, type DashboardState, type DashboardTab, type DashboardView, type RunAction } from '../../shared/rpc/views/dashboard.js';
import type { Session } from '../session.js';
import { pickRuns } from './pick-runs.js';
import { saveAs } from './save-as.js';
import { mountView } from './webview.js';

/** The panel's type, by which VS Code brings it back after a reload. */
export const dashboardType = 'mil.dashboard';

let open: { readonly panel: WebviewPanel; readonly view: Remote<DashboardView> } | undefined;

/** Opens the dashboard on runs, or turns the open one to them. */
export function showDashboard(session: Session, runs: readonly string[], tab: DashboardTab = 'curves'): void {
  if (open) {
    open.panel.title = titleOf(runs);
    open.panel.reveal();
    void open.view.show(runs, tab);
  } else fillDashboard(session, window.createWebviewPanel(dashboardType, titleOf(runs), ViewColumn.Active), { runs, tab });
}

/** Puts the dashboard into a panel that is new, or that was there before a reload. */
export function fillDashboard(session: Session, panel: WebviewPanel, state: DashboardState | undefined): void {
  const runs = (state?.runs ?? []).filter((run) => typeof run === 'string');
  panel.title = titleOf(runs);
  const view = mountView<DashboardView, DashboardHost>(session.context, panel.webview, 'dashboard', panel.title, { state: { ...state, runs } }, {
    curves: (run, since) => session.service.calls.curves(run, since),
    settings: (run) => session.service.calls.settings(run),
    async pickRuns(chosen) {
      const picked = await pickRuns(session, chosen);
      if (picked) panel.title = titleOf(picked);
      return picked;
    },
    act: (action, run) => act(action, run),
    save: (name, content) => saveAs(name, content, runs[0]),
  });
  open = { panel, view };
  panel.onDidDispose(() => {
    view.$close();
    if (open?.panel === panel) open = undefined;
  });
}

const commandOf: Readonly<Record<RunAction, string>> = {
  stop: 'mil.stopRun',
  pause: 'mil.pauseRun',
  continue: 'mil.continueRun',
  resume: 'mil.resumeRun',
  negatives: 'mil.browseNegatives',
  ranking: 'mil.showRanking',
  gallery: 'mil.openGallery',
  report: 'mil.openReport',
  log: 'mil.showLog',
  experiment: 'mil.openExperiment',
};

async function act(action: RunAction, run: string): Promise<void> {
  if (runActions.includes(action)) await commands.executeCommand(commandOf[action], run);
}

function titleOf([run, ...others]: readonly string[]): string {
  if (run === undefined) return l10n.t('Dashboard');
  return others.length === 0 ? l10n.t('Dashboard: {0}', basename(run)) : l10n.t('Dashboard: {0} runs', others.length + 1);
}
