import { workspace } from 'vscode';
import type { Session } from '../session.js';
import { AssociatedImages } from './associated-images.js';
import { registerSlideEditors } from './editor.js';
import { registerSlideTree } from './tree.js';

let images: AssociatedImages | undefined;

/** Slides as files and as rows of a cohort. */
export function registerSlides(session: Session): void {
  registerSlideEditors(session);
  registerSlideTree(session);
}

/** The label and macro images of this window, from the first request on. */
export function associatedImages(session: Session): AssociatedImages {
  if (!images) {
    images = new AssociatedImages();
    session.context.subscriptions.push(images.forgetClosed(), workspace.registerFileSystemProvider(AssociatedImages.scheme, images, { isReadonly: true, isCaseSensitive: true }));
  }
  return images;
}
