import type { Feature, FeatureCollection, Polygon as Geometry } from 'geojson';
import { createHash } from 'node:crypto';
import type { Polygon } from '../polygons.js';
import { penColours } from './pen.js';

/** What is drawn of a slide, with the colours it is shown in. */
const classColors = { Tissue: [90, 160, 90], ...Object.fromEntries(penColours.map((name) => [`Pen ${name}`, [0, 110, 200]])) } as Readonly<Record<string, readonly number[]>>;

/** Areas of a class. */
export interface DrawnArea {
  readonly name: string;
  readonly polygon: Polygon;
}

/** Areas as QuPath's annotations: full-resolution pixels, one polygon a feature. The same areas have the same ids. */
export function annotationsOf(areas: readonly DrawnArea[]): FeatureCollection<Geometry> {
  return {
    type: 'FeatureCollection',
    features: areas.map(({ name, polygon }): Feature<Geometry> => {
      const coordinates = polygon.map((ring) => ring.map(([x, y]) => [round(x), round(y)]));
      return {
        type: 'Feature',
        id: idOf(JSON.stringify([name, coordinates])),
        geometry: { type: 'Polygon', coordinates },
        properties: { objectType: 'annotation', classification: { name, color: classColors[name] ?? [128, 128, 128] }, isLocked: true },
      };
    }),
  };
}

function round(coordinate: number): number {
  return Math.round(100 * coordinate) / 100;
}

/** A UUID (version 8, own making) of a content. */
function idOf(content: string): string {
  const digits = createHash('sha256').update(content).digest('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`, digits.slice(20, 32)].join('-');
}
