import type { Feature, FeatureCollection, Polygon } from 'geojson';
import type { Random } from '../../shared/random.js';
import { polygonsOf } from '../../slides/tissue/polygons.js';
import { mimicKinds } from '../scene/layout.js';
import type { Outline } from '../scene/outline.js';
import type { Scene } from '../slide.js';

/** Classes of the annotations with the colours they are shown in. */
const classColors = { tumor: [200, 0, 0], mimic: [230, 140, 0], fold: [90, 90, 90], pen: [0, 110, 200], tissue: [90, 160, 90] } as const;
export type TruthClass = keyof typeof classColors;
type Rings = readonly (readonly (readonly [number, number])[])[];

/** Level-0 pixels between the samples the edge of the tissue is followed by. */
const step = 4;

/** Every annotation of a slide, in QuPath's layout: full-resolution pixels, one polygon a feature. */
export function truthOf({ outline, regions, artefacts }: Scene, random: Random): FeatureCollection<Polygon> {
  const annotations: { name: TruthClass; rings: Rings }[] = [
    ...regions.filter(({ kind }) => kind === 'tumour').map(({ blob }) => ({ name: 'tumor' as const, rings: [blob.outline()] })),
    ...regions.filter(({ kind }) => mimicKinds.includes(kind)).map(({ blob }) => ({ name: 'mimic' as const, rings: [blob.outline()] })),
    ...artefacts.folds.map((fold) => ({ name: 'fold' as const, rings: [fold.outline()] })),
    ...artefacts.pens.map((pen) => ({ name: 'pen' as const, rings: [pen.outline()] })),
    ...outlineOf(outline).map((rings) => ({ name: 'tissue' as const, rings })),
  ];
  return {
    type: 'FeatureCollection',
    features: annotations.map(({ name, rings }): Feature<Polygon> => ({
      type: 'Feature',
      id: drawId(random),
      geometry: { type: 'Polygon', coordinates: rings.map((ring) => ring.map(([x, y]) => [round(x), round(y)])) },
      properties: { objectType: 'annotation', classification: { name, color: classColors[name] }, isLocked: true },
    })),
  };
}

/** Where the section lies, without the fraying of its edge. */
function outlineOf(outline: Outline): Rings[] {
  const edge = Math.ceil(outline.size / step);
  const data = Uint8Array.from({ length: edge * edge }, (_, i) => (outline.depth(((i % edge) + 0.5) * step, (Math.floor(i / edge) + 0.5) * step) > 0 ? 1 : 0));
  return polygonsOf({ data, width: edge, height: edge, scaleX: step, scaleY: step });
}

function round(coordinate: number): number {
  return Math.round(10 * coordinate) / 10;
}

/** A version 4 UUID from the seed, so that the same sample has the same ids. */
function drawId(random: Random): string {
  const digits = Array.from({ length: 32 }, (_, i) => (i === 12 ? 4 : i === 16 ? 8 + random.integer(4) : random.integer(16)).toString(16)).join('');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
}
