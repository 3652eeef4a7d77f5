import { workspace } from 'vscode';
import type { Session } from '../session.js';
import { AssociatedImages } from './associated-images.js';
import { registerSlideEditors } from './editor.js';
import { registerSlideTree } from './tree.js';

let images: AssociatedImages | undefined;

/** What only slides are called; images of other names may be slides too, but rarely are. */
const slideFiles = '**/*.{svs,qptiff,ndpi,mrxs,scn,bif,vms,vmu,svslide}';

/** Slides as files and as rows of a cohort. */
export function registerSlides(session: Session): void {
  void warmForSlides(session);
  registerSlideEditors(session);
  registerSlideTree(session);
}

/** Where there are slides, one is likely to be opened soon, and the first should not be slower than the next. */
async function warmForSlides({ service }: Session): Promise<void> {
  const [slide] = await workspace.findFiles(slideFiles, undefined, 1);
  if (slide) service.warm();
}

/** The label and macro images of this window, from the first request on. */
export function associatedImages(session: Session): AssociatedImages {
  if (!images) {
    images = new AssociatedImages();
    session.context.subscriptions.push(images.forgetClosed(), workspace.registerFileSystemProvider(AssociatedImages.scheme, images, { isReadonly: true, isCaseSensitive: true }));
  }
  return images;
}
