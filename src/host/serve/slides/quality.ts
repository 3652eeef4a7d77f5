import { tilingSchema } from '../../../shared/experiment/data.js';
import type { SlideTarget } from '../../../shared/rpc/slides.js';
import type { SlideQuality } from '../../../shared/slide-quality.js';
import { slideQuality } from '../../../slides/quality/record.js';
import { resolveMpp } from '../../../slides/resolution.js';
import { findTissue } from '../../../slides/tissue/mask.js';
import { openRun, slideOf } from '../run-material.js';
import type { SlidePool } from '../slide-pool.js';
import { tissueOfSlide } from './tissue.js';

/** Tissue, ink, focus and staining of a slide: where a run saw tissue, or by the default options. @throws HardmineError `mpp-unknown`, and as reading does. */
export async function qualityOf(target: SlideTarget, pool: SlidePool): Promise<SlideQuality> {
  if ('path' in target) {
    return pool.use(target.path, async (slide) => {
      const mpp = resolveMpp(slide);
      return slideQuality(slide, mpp, await findTissue(slide, mpp, tilingSchema.parse({}).tissue));
    });
  }
  const material = await openRun(target.run);
  const row = slideOf(material, target.slide);
  return pool.use(row.path, async (slide) => slideQuality(slide, resolveMpp(slide, row.mpp), await tissueOfSlide(material, row, slide)));
}
