import { basename } from 'node:path';
import { commands, l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Remote } from '../../shared/rpc/channel.js';
import type { RankingOverview, RankingSubject } from '../../shared/rpc/rankings.js';
import type { RankingHost, RankingState, RankingView } from '../../shared/rpc/views/ranking.js';
import type { Session } from '../session.js';
import { saveAs } from './save-as.js';
import { mountView } from './webview.js';

/** The panel's type, by which VS Code brings it back after a reload. */
export const rankingType = 'mil.ranking';

let open: { readonly panel: WebviewPanel; readonly view: Remote<RankingView>; run: string } | undefined;

/** Opens the ranking of a run, or turns the open panel to it. */
export function showRanking(session: Session, state: RankingState): void {
  if (open) {
    open.run = state.run;
    open.panel.title = titleOf(state);
    open.panel.reveal();
    void open.view.show(state);
  } else fillRanking(session, window.createWebviewPanel(rankingType, titleOf(state), ViewColumn.Active), state);
}

/** Puts the ranking into a panel that is new, or that was there before a reload. */
export function fillRanking(session: Session, panel: WebviewPanel, state: RankingState | undefined): void {
  // Nothing was kept: the window was closed before the view had said what it shows.
  if (typeof state?.run !== 'string') return panel.dispose();
  panel.title = titleOf(state);
  const view = mountView<RankingView, RankingHost>(session.context, panel.webview, 'ranking', panel.title, { state }, answers(session, askEarly(session, state)));
  const shown = { panel, view, run: state.run };
  open = shown;
  let before = progressOf(session, shown.run);
  const follow = session.runs.onDidChange(() => {
    const now = progressOf(session, shown.run);
    if (now !== before && panel.visible) void view.runChanged();
    before = now;
  });
  panel.onDidDispose(() => {
    follow.dispose();
    view.$close();
    if (open === shown) open = undefined;
  });
}

/** Changes when a round is complete, or the run is done. */
function progressOf({ runs }: Session, run: string): string {
  const summary = runs.get(run);
  return summary ? `${summary.status.round} ${summary.state}` : '';
}

/** Asks for the scores while the webview is still loading: they are there when it asks. */
function askEarly({ service }: Session, { run, round, split }: RankingState): (subject: RankingSubject) => Promise<RankingOverview> {
  const subject: RankingSubject = { run, split, ...(round === undefined ? {} : { round }) };
  const ask = async (of: RankingSubject): Promise<RankingOverview> => service.calls.rankingOverview(of);
  let early: Promise<RankingOverview> | undefined = ask(subject);
  // Whoever takes it hears of its failure.
  early.catch(() => undefined);
  return (asked) => {
    const taken = JSON.stringify(asked) === JSON.stringify(subject) ? early : undefined;
    early = undefined;
    return taken ?? ask(asked);
  };
}

function answers({ service }: Session, overview: RankingHost['overview']): { [Name in keyof RankingHost]: RankingHost[Name] } {
  const saveText = async (name: string, text: string, run: string): Promise<void> => void (await saveAs(name, new TextEncoder().encode(text), run));
  return {
    overview,
    pair: (subject, positive, negative) => service.calls.rankingPair(subject, positive, negative),
    history: (subject, slide, indices) => service.calls.rankHistory(subject, slide, indices),
    picture: (path, region, edge) => service.calls.readRegion(path, region, edge),
    pickSlide: async (title, choices) => (await window.showQuickPick(choices.map(({ slide, description }) => ({ label: slide, description })), { title, matchOnDescription: true }))?.label,
    openPatch: async (target) => void (await commands.executeCommand('mil.openSlide', target)),
    saveSlidePairs: async (subject) => saveText('slide-pairs.csv', await service.calls.slidePairsCsv(subject), subject.run),
    savePatchPairs: async (subject, positive, negative) => saveText('patch-pairs.csv', await service.calls.patchPairsCsv(subject, positive, negative), subject.run),
    save: async (name, content) => void (await saveAs(name, content, undefined)),
    chooseRun: async () => void (await commands.executeCommand('mil.showRanking')),
  };
}

function titleOf({ run }: RankingState): string {
  return l10n.t('Ranking: {0}', basename(run));
}
