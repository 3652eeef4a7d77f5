import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import type { TruthOptions } from '../../shared/experiment/index.js';
import { readPolygons } from './geojson.js';
import { countPoints, readPoints } from './points.js';
import { coveredShares } from './scanlines.js';

/** Square patches of a slide, level-0 pixels. */
export interface PatchPlaces {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size0: number;
}

/** Instance truth: only ever reported, never learned from. */
export interface TruthSource {
  /**
   * For each patch 1 (truly positive) or 0; -1 throughout where nothing is known of the slide.
   * @throws HardmineError `truth-invalid` where the slide's annotations cannot be read.
   */
  forSlide(slideId: string, patches: PatchPlaces): Int8Array;
  /**
   * Whether anything of the classes looked for is drawn on the slide at all; false where nothing is known of it.
   * @throws HardmineError as `forSlide` does.
   */
  marks(slideId: string): boolean;
}

/**
 * Opens the instance truth of an experiment. Points are read at once, polygons slide by slide when asked for.
 * @param baseFolder folder of the experiment file.
 * @throws HardmineError `truth-invalid`, and as `readCsv` does.
 */
export function loadTruth(options: TruthOptions, baseFolder: string): Promise<TruthSource> {
  return Promise.resolve().then(() => (options.format === 'points' ? pointsTruth(options, baseFolder) : polygonTruth(options, baseFolder)));
}

function pointsTruth(options: Extract<TruthOptions, { format: 'points' }>, baseFolder: string): TruthSource {
  const slides = readPoints(resolve(baseFolder, options.table), options.classes);
  return {
    forSlide: (slideId, patches) => {
      const points = slides.get(slideId);
      return points ? Int8Array.from(countPoints(points, patches), (count) => (count >= options.minCount ? 1 : 0)) : unknown(patches);
    },
    marks: (slideId) => (slides.get(slideId)?.x.length ?? 0) >= options.minCount,
  };
}

function polygonTruth(options: Extract<TruthOptions, { format: 'geojson' }>, baseFolder: string): TruthSource {
  const folder = resolve(baseFolder, options.folder);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new HardmineError('truth-invalid', 'The folder of annotations does not exist.', { place: { file: folder }, remedy: 'Check `cohort.truth.folder`; it is relative to the experiment file.' });
  }
  const fileOf = (slideId: string): string => resolve(folder, `${slideId}.geojson`);
  return {
    forSlide: (slideId, patches) => {
      const file = fileOf(slideId);
      if (!existsSync(file)) return unknown(patches);
      return Int8Array.from(coveredShares(readPolygons(file, options.classes), patches), (share) => (share >= options.minFraction ? 1 : 0));
    },
    marks: (slideId) => existsSync(fileOf(slideId)) && readPolygons(fileOf(slideId), options.classes).length > 0,
  };
}

function unknown(patches: PatchPlaces): Int8Array {
  return new Int8Array(patches.x.length).fill(-1);
}
