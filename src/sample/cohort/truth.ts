import type { Feature, FeatureCollection, Polygon } from 'geojson';
import type { Random } from '../../shared/random.js';
import { mimicKinds } from '../scene/layout.js';
import type { Scene } from '../slide.js';

/** Classes of the annotations with the colours they are shown in. */
const classColors = { tumor: [200, 0, 0], mimic: [230, 140, 0], fold: [90, 90, 90], pen: [0, 110, 200] } as const;
export type TruthClass = keyof typeof classColors;

/** Every annotation of a slide, in QuPath's layout: full-resolution pixels, one polygon a feature. */
export function truthOf({ regions, artefacts }: Scene, random: Random): FeatureCollection<Polygon> {
  const annotations: { name: TruthClass; ring: [number, number][] }[] = [
    ...regions.filter(({ kind }) => kind === 'tumour').map(({ blob }) => ({ name: 'tumor' as const, ring: blob.outline() })),
    ...regions.filter(({ kind }) => mimicKinds.includes(kind)).map(({ blob }) => ({ name: 'mimic' as const, ring: blob.outline() })),
    ...artefacts.folds.map((fold) => ({ name: 'fold' as const, ring: fold.outline() })),
    ...artefacts.pens.map((pen) => ({ name: 'pen' as const, ring: pen.outline() })),
  ];
  return {
    type: 'FeatureCollection',
    features: annotations.map(({ name, ring }): Feature<Polygon> => ({
      type: 'Feature',
      id: drawId(random),
      geometry: { type: 'Polygon', coordinates: [ring.map(([x, y]) => [round(x), round(y)])] },
      properties: { objectType: 'annotation', classification: { name, color: classColors[name] }, isLocked: true },
    })),
  };
}

function round(coordinate: number): number {
  return Math.round(10 * coordinate) / 10;
}

/** A version 4 UUID from the seed, so that the same sample has the same ids. */
function drawId(random: Random): string {
  const digits = Array.from({ length: 32 }, (_, i) => (i === 12 ? 4 : i === 16 ? 8 + random.integer(4) : random.integer(16)).toString(16)).join('');
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
}
