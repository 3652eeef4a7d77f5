import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readPolygons } from '../../../cohort/truth/geojson.js';
import { readPoints } from '../../../cohort/truth/points.js';
import type { Outlines, SlideTruth } from '../../../shared/rpc/slides.js';
import type { RunMaterial } from '../run-material.js';

const none: SlideTruth = { areas: pack([]), points: new Float64Array(0) };

/** The annotations of a slide, of the classes that count as positive. @throws HardmineError `truth-invalid`, `file-missing`. */
export function truthOfSlide({ experiment, experimentFolder }: RunMaterial, slide: string): SlideTruth {
  const { truth } = experiment.cohort;
  if (!truth) return none;
  if (truth.format === 'points') {
    const points = readPoints(resolve(experimentFolder, truth.table), truth.classes).get(slide);
    return points ? { ...none, points: Float64Array.from({ length: points.x.length * 2 }, (_, i) => (i % 2 === 0 ? points.x : points.y)[i >> 1]) } : none;
  }
  const file = resolve(experimentFolder, truth.folder, `${slide}.geojson`);
  return existsSync(file) ? { ...none, areas: pack(readPolygons(file, truth.classes).flat()) } : none;
}

function pack(rings: readonly (readonly (readonly [number, number])[])[]): Outlines {
  const starts = [0];
  for (const ring of rings) starts.push(starts.at(-1)! + ring.length);
  return { points: Float64Array.from(rings.flat(2)), starts: Uint32Array.from(starts) };
}
