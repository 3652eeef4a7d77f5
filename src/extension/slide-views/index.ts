import type { Session } from '../session.js';
import { registerSlideEditors } from './editor.js';
import { registerSlideTree } from './tree.js';

/** Slides as files and as rows of a cohort. */
export function registerSlides(session: Session): void {
  registerSlideEditors(session);
  registerSlideTree(session);
}
