import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { tilingSchema } from '../../../shared/experiment/data.js';
import { replaceJson } from '../../../shared/files.js';
import type { SlideTarget } from '../../../shared/rpc/slides.js';
import { readLineage } from '../../../shared/run/read.js';
import { slideQualitySchema, type SlideQuality } from '../../../shared/slide-quality.js';
import { qualityVersion, slideQuality } from '../../../slides/quality/record.js';
import { resolveMpp } from '../../../slides/resolution.js';
import { findTissue } from '../../../slides/tissue/mask.js';
import { openRun, slideOf } from '../run-material.js';
import type { SlidePool } from '../slide-pool.js';
import { keptName } from './kept.js';
import { tissueOfSlide } from './tissue.js';

/**
 * Tissue, ink, focus and staining of a slide: as its run saw them, or measured where that run saw tissue; of a file
 * alone, measured by the default options and kept in `folder`. @throws HardmineError `mpp-unknown`, and as reading does.
 */
export async function qualityOf(target: SlideTarget, folder: string, pool: SlidePool): Promise<SlideQuality> {
  if ('path' in target) return qualityOfFile(target.path, folder, pool);
  const seen = readLineage(target.run)?.quality?.[target.slide];
  if (seen) return seen;
  const material = await openRun(target.run);
  const row = slideOf(material, target.slide);
  return pool.use(row.path, async (slide) => slideQuality(slide, resolveMpp(slide, row.mpp), await tissueOfSlide(material, row, slide)));
}

async function qualityOfFile(slideFile: string, folder: string, pool: SlidePool): Promise<SlideQuality> {
  const { tissue } = tilingSchema.parse({});
  const file = path.join(folder, `${await keptName(slideFile, qualityVersion, tissue)}.json`);
  if (existsSync(file)) return slideQualitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const quality = await pool.use(slideFile, async (slide) => {
    const mpp = resolveMpp(slide);
    return slideQuality(slide, mpp, await findTissue(slide, mpp, tissue));
  });
  mkdirSync(folder, { recursive: true });
  replaceJson(file, quality);
  return quality;
}
