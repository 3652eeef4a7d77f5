import { writeQupath } from '../../report/export/index.js';
import type { Slide } from '../../slides/contract.js';
import { annotationsOf } from '../../slides/tissue/geojson.js';
import { polygonsOf } from '../../slides/tissue/polygons.js';
import { tissueOfSlide } from '../serve/slides/tissue.js';
import type { SlideScores } from './slide-scores.js';

/**
 * Writes the patches of a slide with their scores, and the tissue the run saw, as QuPath reads them.
 * @param slide undefined where its file cannot be read: then without tissue.
 * @throws HardmineError `disk-full`, `file-denied`, `file-missing`.
 */
export async function exportQupath(file: string, { material, row, round, patches }: SlideScores, slide: Slide | undefined): Promise<void> {
  const tissue = slide && annotationsOf(polygonsOf(await tissueOfSlide(material, row, slide)).map((polygon) => ({ name: 'Tissue', polygon })));
  writeQupath(file, { slide: row.id, round, patches }, tissue);
}
