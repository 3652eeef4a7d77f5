import { window, type CustomReadonlyEditorProvider } from 'vscode';
import { mountSlide } from '../panels/slide.js';
import type { Session } from '../session.js';

/** Editor types of the manifest: those slide files and TIFFs open with, and the one offered for images that may be slides. */
export const slideEditors = ['mil.slide', 'mil.slideTiff', 'mil.slideImage'] as const;

/** Slide files open as slides. */
export function registerSlideEditors(session: Session): void {
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor({ uri }, panel) {
      const view = mountSlide(session, panel.webview, { target: { path: uri.fsPath } });
      panel.onDidDispose(() => view.$close());
    },
  };
  for (const type of slideEditors) session.context.subscriptions.push(window.registerCustomEditorProvider(type, provider, { supportsMultipleEditorsPerDocument: true }));
}
