import { window, type CustomReadonlyEditorProvider, type Uri } from 'vscode';
import type { SlideTarget } from '../../shared/rpc/slides.js';
import { mountSlide } from '../panels/slide.js';
import type { Session } from '../session.js';

/** Editor types of the manifest: the one slide files open with, and the one offered for images that may be slides. */
export const slideEditors = ['mil.slide', 'mil.slideImage'] as const;

/** Slide files open as slides. */
export function registerSlideEditors(session: Session): void {
  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    async resolveCustomEditor({ uri }, panel) {
      const view = mountSlide(session, panel.webview, { target: await targetOf(session, uri) });
      panel.onDidDispose(() => view.$close());
    },
  };
  for (const type of slideEditors) session.context.subscriptions.push(window.registerCustomEditorProvider(type, provider, { supportsMultipleEditorsPerDocument: true }));
}

/** A file that the newest run knows as a slide of its cohort is shown with what the run says of it. */
async function targetOf({ runs, service, log }: Session, { fsPath: path }: Uri): Promise<SlideTarget> {
  const [newest] = await runs.known();
  if (!newest) return { path };
  try {
    const { slides } = await service.calls.cohortOf(newest.run);
    const slide = slides.find((row) => row.path === path);
    return slide ? { run: newest.run, slide: slide.id } : { path };
  } catch (error) {
    log.warn(`The slides of ${newest.run} are not known: ${String(error)}`);
    return { path };
  }
}
