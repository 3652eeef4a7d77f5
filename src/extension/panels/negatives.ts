import { existsSync, unwatchFile, watchFile } from 'node:fs';
import { basename } from 'node:path';
import { commands, l10n, Range, Uri, window, workspace, type Disposable, type WebviewView, type WebviewViewProvider } from 'vscode';
import { standingJudgements } from '../../shared/judgements/standing.js';
import type { Verdict } from '../../shared/judgements/verdicts.js';
import type { BankOverview } from '../../shared/rpc/banks.js';
import { RemoteError, type Remote } from '../../shared/rpc/channel.js';
import type { NegativesHost, NegativesState, NegativesView, PatchPlace, StandingJudgements } from '../../shared/rpc/views/negatives.js';
import type { Session } from '../session.js';
import { mountView } from './webview.js';

/** The view's id in the manifest. */
export const negativesView = 'mil.negatives';
const stateKey = 'mil.negatives.state';
/** How often the judgements file is looked at, ms: git, another window or another machine may write it, and network file systems tell nothing. */
const lookEvery = 1_000;

/** A view that is made so soon after a bank was asked for is made for whoever asked, ms. */
const askedWithin = 10_000;

let panel: NegativesPanel | undefined;

/** The schemas load when first needed, not with the extension. */
const judgementFiles = () => import('../../shared/judgements/file.js');

/** The one view "Mined Negatives" of this window. */
export function negativesPanel(session: Session): NegativesPanel {
  return (panel ??= new NegativesPanel(session));
}

/** The view "Mined Negatives": shown beside the editors, wherever the person moves it. */
export class NegativesPanel implements WebviewViewProvider, Disposable {
  private view: { readonly shown: WebviewView; readonly remote: Remote<NegativesView> } | undefined;
  private run: { readonly folder: string; overview: BankOverview } | undefined;
  /** When a bank was asked for while there was no view: it is handed the keys once it is there, ms since 1970. */
  private keysOwedSince = 0;
  private readonly runsChanged: Disposable;

  constructor(private readonly session: Session) {
    this.runsChanged = session.runs.onDidChange(() => void this.lookForRounds());
  }

  /** Shows the bank of a run, of the newest round where none is given. */
  async browse(asked: NegativesState): Promise<void> {
    const state = { ...asked, at: Date.now() };
    await this.session.context.workspaceState.update(stateKey, state);
    if (!this.view) this.keysOwedSince = state.at;
    await commands.executeCommand(`${negativesView}.focus`);
    void this.view?.remote.show(state).catch((error: unknown) => this.session.log.warn(String(error)));
  }

  resolveWebviewView(shown: WebviewView): void {
    const { context, service, log } = this.session;
    const answers: { [Name in keyof NegativesHost]: NegativesHost[Name] } = {
      watchBank: (run) => {
        this.handOverKeys();
        return this.watchBank(run);
      },
      readBank: (run, round) => service.calls.readBank(run, round),
      trySelection: (run, round, options) => service.calls.trySelection(run, round, options),
      patchPictures: (run, round, rows, edge) => service.calls.patchPictures(run, round, rows, edge),
      patchSurroundings: (run, round, row, span, edge) => service.calls.patchSurroundings(run, round, row, span, edge),
      explainPatch: (run, round, row) => service.calls.explainPatch(run, round, row),
      patchNeighbours: (run, round, row) => service.calls.patchNeighbours(run, round, row),
      leaveNeighbours: () => void service.calls.leaveNeighbours(),
      judgements: () => this.judgements(),
      remember: (state) => void context.workspaceState.update(stateKey, state),
      judge: async (run, round, patch, verdict) => this.judge(run, round, patch, verdict),
      openSlide: (run, round, { slide, x, y, size }) => void commands.executeCommand('mil.openSlide', { run, round, slide, x, y, size }),
      chooseRun: () => void commands.executeCommand('mil.browseNegatives'),
      openJudgements: (_, line) => void this.openJudgements(line).then(undefined, (error: unknown) => log.error(String(error))),
    };
    const kept = context.workspaceState.get<NegativesState>(stateKey, {});
    const state = { ...kept, takesFocus: Date.now() - (kept.at ?? 0) < askedWithin };
    const remote = mountView<NegativesView, NegativesHost>(context, shown.webview, 'negatives', l10n.t('Mined Negatives'), { state }, answers);
    this.view = { shown, remote };
    shown.onDidDispose(() => {
      remote.$close();
      if (this.view?.remote === remote) this.view = undefined;
      this.unwatch();
    });
  }

  /** Writes a judgement beside the experiment; every window that shows the bank then sees it. @throws RemoteError where the experiment wants none. */
  async judge(run: string, round: number, patch: PatchPlace, verdict: Verdict): Promise<void> {
    const overview = this.run?.folder === run ? this.run.overview : await this.session.service.calls.bankOverview(run);
    const { judgementsFile: file } = overview;
    if (file === undefined) throw new RemoteError(l10n.t('This experiment wants no judgements: mining.judgements is empty.'), 'judgements-invalid', l10n.t('Name a file there, e.g. judgements.jsonl.'));
    const who = workspace.getConfiguration('mil').get<string>('judgeName', '').trim();
    const { slide, x, y, size } = patch;
    const { appendJudgement } = await judgementFiles();
    appendJudgement(file, { slide, x, y, size, verdict, run: basename(run), round, ...(who === '' ? {} : { who }), time: new Date().toISOString() });
    if (this.run?.folder === run) this.tellJudgements();
  }

  dispose(): void {
    this.runsChanged.dispose();
    this.unwatch();
  }

  /** VS Code gives the focus to the frame around a view before the view in it has loaded, where it stays: once the view speaks it is given again. */
  private handOverKeys(): void {
    const owed = Date.now() - this.keysOwedSince < askedWithin;
    this.keysOwedSince = 0;
    if (owed) void commands.executeCommand(`${negativesView}.focus`);
  }

  private async watchBank(folder: string): Promise<BankOverview> {
    const overview = await this.session.service.calls.bankOverview(folder);
    this.unwatch();
    this.run = { folder, overview };
    if (overview.judgementsFile !== undefined) watchFile(overview.judgementsFile, { interval: lookEvery }, this.tellJudgements);
    return overview;
  }

  private unwatch(): void {
    if (this.run?.overview.judgementsFile !== undefined) unwatchFile(this.run.overview.judgementsFile, this.tellJudgements);
    this.run = undefined;
  }

  private readonly tellJudgements = (): void => {
    void this.judgements().then((judgements) => this.view?.remote.judgementsChanged(judgements));
  };

  private async judgements(): Promise<StandingJudgements> {
    const { readJudgements } = await judgementFiles();
    const { judgements, problems } = readJudgements(this.run?.overview.judgementsFile);
    return { standing: standingJudgements(judgements), problems };
  }

  private async lookForRounds(): Promise<void> {
    if (!this.run || !this.view?.shown.visible) return;
    const { folder } = this.run;
    const overview = await this.session.service.calls.bankOverview(folder).catch(() => undefined);
    if (!overview || this.run?.folder !== folder || overview.rounds.length === this.run.overview.rounds.length) return;
    this.run.overview = overview;
    void this.view?.remote.bankChanged(overview);
  }

  private async openJudgements(line = 1): Promise<void> {
    const file = this.run?.overview.judgementsFile;
    if (file === undefined || !existsSync(file)) return;
    await window.showTextDocument(Uri.file(file), { selection: new Range(line - 1, 0, line - 1, 0) });
  }
}
