import { writeQupath } from '../../report/export/index.js';
import type { Slide } from '../../slides/contract.js';
import { resolveMpp } from '../../slides/resolution.js';
import { annotationsOf } from '../../slides/tissue/geojson.js';
import { findTissue } from '../../slides/tissue/mask.js';
import { polygonsOf } from '../../slides/tissue/polygons.js';
import type { SlideScores } from './slide-scores.js';

/**
 * Writes the patches of a slide with their scores, and the tissue the run saw, as QuPath reads them.
 * @param slide undefined where its file cannot be read: then without tissue.
 * @throws HardmineError `disk-full`, `file-denied`, `file-missing`.
 */
export async function exportQupath(file: string, { material, row, round, patches }: SlideScores, slide: Slide | undefined): Promise<void> {
  const { tiling } = material.experiment;
  const tissue = slide && annotationsOf(polygonsOf(await findTissue(slide, resolveMpp(slide, row.mpp), tiling.tissue)).map((polygon) => ({ name: 'Tissue', polygon })));
  writeQupath(file, { slide: row.id, round, patches }, tissue);
}
