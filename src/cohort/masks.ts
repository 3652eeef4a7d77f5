import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../shared/diagnostics.js';
import { HardmineError } from '../shared/errors.js';
import type { TilingOptions } from '../shared/experiment/index.js';
import { maskSize } from '../slides/tissue/given-mask.js';
import type { CohortSlide } from './contract.js';
import { diagnosticOf } from './table/findings.js';

type MaskOptions = NonNullable<TilingOptions['tissue']['masks']>;

const code = 'annotations-invalid';
const endings = ['png', 'tif', 'tiff'] as const;

/** The image that says where tissue is on a slide. @throws HardmineError `annotations-invalid` where there is none: nobody knows then. */
export function maskFile({ folder }: MaskOptions, baseFolder: string, slide: string): string {
  const file = endings.map((ending) => resolve(baseFolder, folder, `${slide}.${ending}`)).find(existsSync);
  if (file !== undefined) return file;
  throw new HardmineError(code, 'This slide has no mask.', { place: { file: resolve(baseFolder, folder, `${slide}.png`), slide }, remedy: 'Put its mask there as .png, .tif or .tiff, or leave the slide out of the cohort.' });
}

/** What the masks of a cohort have against it: no folder, missing files, files that are no images. */
export async function checkMasks(slides: readonly CohortSlide[], options: MaskOptions, baseFolder: string): Promise<Diagnostic[]> {
  const folder = resolve(baseFolder, options.folder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    return [{ severity: 'error', code, message: 'The folder of masks does not exist.', remedy: 'Check `tiling.tissue.masks.folder`; it is relative to the experiment file.', place: { file: folder } }];
  }
  const found: Diagnostic[] = [];
  for (const { id } of slides) {
    try {
      await maskSize(maskFile(options, baseFolder, id));
    } catch (error) {
      found.push(diagnosticOf(error));
    }
  }
  return found;
}
