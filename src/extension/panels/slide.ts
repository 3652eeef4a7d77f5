import { basename } from 'node:path';
import { commands, ViewColumn, window, type Webview, type WebviewPanel } from 'vscode';
import type { Remote } from '../../shared/rpc/channel.js';
import type { SlideTarget } from '../../shared/rpc/slides.js';
import type { SlideHost, SlideState, SlideView } from '../../shared/rpc/views/slide.js';
import type { Session } from '../session.js';
import { qualityFolder } from '../slide-views/kept.js';
import { slideOfRun } from '../slide-views/slide-of-run.js';
import { mountView } from './webview.js';

/** The panel's type, by which VS Code brings it back after a reload. */
export const slideType = 'mil.slidePanel';

let open: { readonly panel: WebviewPanel; readonly view: Remote<SlideView> } | undefined;

/** Shows a slide of a run, in the panel that is open or in a new one. */
export function showSlide(session: Session, state: SlideState): void {
  if (open) {
    open.panel.title = titleOf(state.target);
    open.panel.reveal(undefined, true);
    void open.view.show(state);
  } else fillSlide(session, window.createWebviewPanel(slideType, titleOf(state.target), { viewColumn: ViewColumn.Active }), state);
}

/** Puts a slide into a panel that is new, or that was there before a reload. */
export function fillSlide(session: Session, panel: WebviewPanel, state: SlideState): void {
  panel.title = titleOf(state.target);
  const view = mountSlide(session, panel.webview, state);
  open = { panel, view };
  panel.onDidDispose(() => {
    view.$close();
    if (open?.panel === panel) open = undefined;
  });
}

/** Puts the slide view into a webview, of a panel or of an editor. */
export function mountSlide(session: Session, webview: Webview, state: SlideState): Remote<SlideView> {
  const { context, service } = session;
  void openAhead(session, state.target);
  return mountView<SlideView, SlideHost>(context, webview, 'slide', titleOf(state.target), { state }, {
    slideOfRun: (path) => slideOfRun(session, path),
    describeSlide: (target) => service.calls.describeSlide(target),
    qualityOf: (target) => service.calls.qualityOf(target, qualityFolder(context)),
    readTile: (path, level, column, row) => service.calls.readTile(path, level, column, row),
    patchesOf: (run, round, slide) => service.calls.patchesOf(run, round, slide),
    tissueOf: (run, slide) => service.calls.tissueOf(run, slide),
    judgedOf: (run, slide) => service.calls.judgedOf(run, slide),
    judge: async (run, round, slide, place, verdict) => void (await commands.executeCommand('mil.judgePatch', { run, round, slide, ...place }, verdict)),
    openOtherwise: async () => void (await commands.executeCommand('workbench.action.reopenWithEditor')),
    truthOf: (run, slide) => service.calls.truthOf(run, slide),
  });
}

/** Has the service open the slide and draw the tile that shows all of it, while the view's document still loads. */
async function openAhead({ service, log }: Session, target: SlideTarget): Promise<void> {
  try {
    const { path } = await service.calls.describeSlide(target);
    await service.calls.readTile(path, 0, 0, 0);
  } catch (error) {
    // The view asks again, and says it.
    log.debug(`Opening ahead failed: ${String(error)}`);
  }
}

function titleOf(target: SlideTarget): string {
  return 'path' in target ? basename(target.path) : target.slide;
}
