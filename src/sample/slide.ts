import type { Random } from '../shared/random.js';
import { Grid } from './raster/grid.js';
import { Noise } from './raster/noise.js';
import { StainMap, um } from './raster/stain-map.js';
import { develop, drawStaining } from './raster/stains.js';
import { drawArtefacts, type Artefacts } from './scene/artefacts.js';
import type { Blob } from './scene/blob.js';
import { drawFibres } from './scene/fibres.js';
import { layOut, type Region, type RegionKind } from './scene/layout.js';
import { drawOutline, type Outline } from './scene/outline.js';
import { paintFat } from './tissues/fat.js';
import { paintFold } from './tissues/fold.js';
import { paintCrowdedGlands, paintMucosa } from './tissues/gland.js';
import { paintAggregate, paintNest } from './tissues/lymphoid.js';
import { NucleusPainter } from './tissues/nucleus.js';
import type { Painting } from './tissues/painting.js';
import { paintPen } from './tissues/pen.js';
import { paintStroma } from './tissues/stroma.js';
import { paintTumour } from './tissues/tumour.js';
import { paintVessels } from './tissues/vessel.js';

/** What lies where on a slide. */
export interface Scene {
  readonly outline: Outline;
  readonly regions: readonly Region[];
  readonly artefacts: Artefacts;
}

const painters: Readonly<Record<RegionKind, (painting: Painting, blob: Blob) => void>> = {
  tumour: paintTumour,
  nest: paintNest,
  'crowded-glands': paintCrowdedGlands,
  fat: paintFat,
  aggregate: paintAggregate,
};

/** Decides what lies where. @param size edge, level-0 pixels. */
export function composeScene(size: number, label: 0 | 1, random: Random): Scene {
  const outline = drawOutline(size, random.fork('outline'));
  return { outline, regions: layOut(outline, label, random.fork('regions')), artefacts: drawArtefacts(outline, random.fork('artefacts')) };
}

/** Draws a slide. @returns RGB interleaved, 3·size² bytes. */
export function paintSlide({ outline, regions, artefacts }: Scene, random: Random): Uint8Array {
  const map = new StainMap(outline.size);
  const texture = new Noise(random.fork('texture'));
  const nuclei = new NucleusPainter(map, random.fork('nuclei'));
  const painting: Painting = { map, outline, regions, texture, nuclei, fibres: drawFibres(outline, random.fork('fibres')), random: random.fork('tissues') };
  paintStroma(painting);
  paintVessels(painting);
  paintMucosa(painting);
  for (const { kind, blob } of regions) painters[kind](painting, blob);
  trim(map, outline, texture);
  for (const fold of artefacts.folds) paintFold(map, fold, texture, random.fork('fold'));
  for (const pen of artefacts.pens) paintPen(map, pen, texture);
  return develop(map, drawStaining(random.fork('staining')), random.fork('grain'));
}

/** Cuts off what was painted beyond the edge of the tissue, and lets the thickness of the section vary. */
function trim(map: StainMap, outline: Outline, texture: Noise): void {
  const thickness = new Grid(map.size, 32, (x, y) => 1 + 0.12 * texture.at(x / (200 * um), y / (200 * um)));
  for (let y = 0, i = 0; y < map.size; y++) {
    for (let x = 0; x < map.size; x++, i++) {
      const kept = outline.cover(x, y) * thickness.at(x, y);
      map.haematoxylin[i] *= kept;
      map.eosin[i] *= kept;
      map.blood[i] *= kept;
    }
  }
}
