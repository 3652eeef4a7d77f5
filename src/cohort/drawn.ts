import type { Diagnostic } from '../shared/diagnostics.js';
import type { TilingOptions } from '../shared/experiment/index.js';
import type { Annotations } from '../slides/tissue/annotations.js';
import { annotationFile, annotationsOf, checkAnnotations } from './annotations.js';
import type { CohortSlide } from './contract.js';
import { checkMasks, maskFile } from './masks.js';

type Drawn = Pick<TilingOptions['tissue'], 'annotations' | 'masks'>;

/** What people drew of where tissue is on a slide; undefined where an experiment names nothing. @throws HardmineError `annotations-invalid`, `file-denied`. */
export function drawnOn({ annotations, masks }: Drawn, baseFolder: string, slide: string): Annotations | undefined {
  if (!annotations && !masks) return undefined;
  return { ...(annotations ? annotationsOf(annotations, baseFolder, slide) : { exclude: [] }), ...(masks && { mask: maskFile(masks, baseFolder, slide) }) };
}

/** The files it is drawn in. @throws as {@link drawnOn}. */
export function drawnFiles({ annotations, masks }: Drawn, baseFolder: string, slide: string): string[] {
  return [annotations && annotationFile(annotations, baseFolder, slide), masks && maskFile(masks, baseFolder, slide)].filter((file) => file !== undefined);
}

/** What is wrong with these files in a cohort. */
export async function checkDrawn(slides: readonly CohortSlide[], { annotations, masks }: Drawn, baseFolder: string): Promise<Diagnostic[]> {
  return [...(annotations ? checkAnnotations(slides, annotations, baseFolder) : []), ...(masks ? await checkMasks(slides, masks, baseFolder) : [])];
}
