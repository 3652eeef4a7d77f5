import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FeaturesOptions } from '../../shared/experiment/index.js';
import { openSlide } from '../../slides/open.js';
import { resolveMpp } from '../../slides/resolution.js';
import type { CohortSlide, FeatureReader } from '../contract.js';
import { openFeatures } from './read.js';

/** The feature store of a slide: `<slide_id>.h5`, or `<slide_id>.pt` where there is no such file. @param folder absolute. */
export function storeFile(folder: string, slide: string): string {
  const [h5, pt] = ['h5', 'pt'].map((ending) => resolve(folder, `${slide}.${ending}`));
  return !existsSync(h5) && existsSync(pt) ? pt : h5;
}

/**
 * Opens the stored features of a slide of a cohort.
 * @param baseFolder folder of the experiment file.
 * @throws HardmineError as `openFeatures` does.
 */
export function openStore({ folder, coords, patchSize }: FeaturesOptions, baseFolder: string, slide: Pick<CohortSlide, 'id' | 'path' | 'mpp'>): Promise<FeatureReader> {
  return openFeatures(storeFile(resolve(baseFolder, folder), slide.id), {
    patchSize,
    mpp: () => levelMpp(slide),
    ...(coords === undefined ? {} : { coordsFile: coordsFile(resolve(baseFolder, coords), slide.id) }),
  });
}

/** CLAM calls the coords of a slide `<slide_id>.h5`, TRIDENT `<slide_id>_patches.h5`. */
function coordsFile(folder: string, slide: string): string {
  const [clam, trident] = [`${slide}.h5`, `${slide}_patches.h5`].map((name) => resolve(folder, name));
  return !existsSync(clam) && existsSync(trident) ? trident : clam;
}

/** µm/px of level 0, of the table or else the slide; undefined where neither says, or the slide cannot be read: features alone train. */
async function levelMpp({ path, mpp }: Pick<CohortSlide, 'path' | 'mpp'>): Promise<number | undefined> {
  if (mpp !== undefined || path === '') return mpp;
  try {
    const slide = await openSlide(path);
    try {
      return resolveMpp(slide);
    } finally {
      await slide.close();
    }
  } catch {
    return undefined;
  }
}
