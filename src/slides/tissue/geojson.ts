import type { Feature, FeatureCollection, Polygon as Geometry } from 'geojson';
import { contentId } from '../../shared/content-id.js';
import type { Polygon } from '../polygons.js';

/** What is drawn of a slide, with the colours it is shown in. */
const classColors = { Tissue: [90, 160, 90], Pen: [0, 110, 200] } as const;

/** Areas of a class. */
export interface DrawnArea {
  readonly name: keyof typeof classColors;
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
        id: contentId(JSON.stringify([name, coordinates])),
        geometry: { type: 'Polygon', coordinates },
        properties: { objectType: 'annotation', classification: { name, color: classColors[name] }, isLocked: true },
      };
    }),
  };
}

function round(coordinate: number): number {
  return Math.round(100 * coordinate) / 100;
}
