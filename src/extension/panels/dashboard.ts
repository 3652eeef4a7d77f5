import { basename } from 'node:path';
import { l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Remote } from '../../shared/rpc/channel.js';
import type { DashboardHost, DashboardState, DashboardView } from '../../shared/rpc/views/dashboard.js';
import type { Session } from '../session.js';
import { mountView } from './webview.js';

/** The panel's type, by which VS Code brings it back after a reload. */
export const dashboardType = 'mil.dashboard';

let open: { readonly panel: WebviewPanel; readonly view: Remote<DashboardView> } | undefined;

/** Opens the dashboard on a run, or turns the open one to it. */
export function showDashboard(session: Session, run: string): void {
  const state: DashboardState = { runs: [run] };
  if (open) {
    open.panel.reveal();
    void open.view.show(state);
  } else fillDashboard(session, window.createWebviewPanel(dashboardType, titleOf(state), ViewColumn.Active), state);
}

/** Puts the dashboard into a panel that is new, or that was there before a reload. */
export function fillDashboard({ context, service }: Session, panel: WebviewPanel, state: DashboardState): void {
  panel.title = titleOf(state);
  const view = mountView<DashboardView, DashboardHost>(context, panel.webview, 'dashboard', panel.title, { state }, {
    readEvents: (run, after, limit) => service.calls.readEvents(run, after, limit),
  });
  open = { panel, view };
  panel.onDidDispose(() => {
    view.$close();
    open = undefined;
  });
}

function titleOf({ runs: [run] }: DashboardState): string {
  return run === undefined ? l10n.t('Dashboard') : l10n.t('Dashboard: {0}', basename(run));
}
