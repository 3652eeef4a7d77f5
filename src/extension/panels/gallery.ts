import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { commands, l10n, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Remote } from '../../shared/rpc/channel.js';
import type { GalleryHost, GalleryState, GalleryView } from '../../shared/rpc/views/gallery.js';
import type { Session } from '../session.js';
import { thumbnailFolder } from '../slide-views/kept.js';
import { mountView } from './webview.js';

/** The panel's type, by which VS Code brings it back after a reload. */
export const galleryType = 'mil.gallery';

let open: { readonly panel: WebviewPanel; readonly view: Remote<GalleryView> } | undefined;

/** Shows the slides of a run as pictures, in the panel that is open or in a new one. */
export function showGallery(session: Session, run: string): void {
  const state: GalleryState = { run };
  if (open) {
    open.panel.title = titleOf(state);
    open.panel.reveal();
    void open.view.show(state);
  } else fillGallery(session, window.createWebviewPanel(galleryType, titleOf(state), ViewColumn.Active), state);
}

/** Puts the gallery into a panel that is new, or that was there before a reload. */
export function fillGallery({ context, service, runs }: Session, panel: WebviewPanel, state: GalleryState): void {
  panel.title = titleOf(state);
  const view = mountView<GalleryView, GalleryHost>(context, panel.webview, 'gallery', panel.title, { state }, {
    cohortOf: (run) => service.calls.cohortOf(run),
    thumbnail: async (path) => new Uint8Array(await readFile(await service.calls.thumbnailFile(path, thumbnailFolder(context)))),
    openSlide: async (run, slide) => void (await commands.executeCommand('mil.openSlide', { run, slide })),
  });
  open = { panel, view };
  let rounds = '';
  const follow = runs.onDidChange(() => {
    const now = JSON.stringify(runs.list().map(({ run, status, state: how }) => [run, status.round, how]));
    if (now !== rounds) void view.refresh();
    rounds = now;
  });
  panel.onDidDispose(() => {
    follow.dispose();
    view.$close();
    if (open?.panel === panel) open = undefined;
  });
}

function titleOf({ run }: GalleryState): string {
  return l10n.t('Slides: {0}', basename(run));
}
