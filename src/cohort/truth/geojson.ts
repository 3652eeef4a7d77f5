import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { HardmineError, messageOf, type ErrorCode } from '../../shared/errors.js';
import { fileError } from '../../shared/files.js';
import type { Polygon } from '../../slides/polygons.js';

const ring = z.array(z.tuple([z.number(), z.number()], z.number())).transform((points) => points.map(([x, y]) => [x, y] as const));
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring)) }),
]);
const feature = z.object({
  type: z.literal('Feature'),
  geometry: z.object({ type: z.string() }).loose(),
  properties: z.object({ classification: z.object({ name: z.string().optional() }).nullish() }).nullish(),
});
/** QuPath writes a FeatureCollection, a bare list of features, or one feature alone. */
const annotations = z.union([z.object({ type: z.literal('FeatureCollection'), features: z.array(feature) }).transform(({ features }) => features), z.array(feature), feature.transform((one) => [one])]);

/**
 * Polygons of the given classes in a GeoJSON file of QuPath's layout (full-resolution pixels).
 * Points and lines have no area and are passed over.
 * @param code of what is thrown where the file is no such file.
 * @throws HardmineError `code`, `file-missing`, `file-denied`.
 */
export function readPolygons(file: string, classes: readonly string[], code: ErrorCode = 'truth-invalid'): Polygon[] {
  const wanted = new Set(classes);
  const features = parsed(file, code).filter(({ properties }) => wanted.has(properties?.classification?.name ?? ''));
  return features.flatMap((item, index) => {
    if (item.geometry.type !== 'Polygon' && item.geometry.type !== 'MultiPolygon') return [];
    const shape = geometry.safeParse(item.geometry);
    if (!shape.success) throw invalid(file, code, `the ${item.geometry.type} of annotation ${index + 1} is not made of [x, y] rings`);
    return shape.data.type === 'Polygon' ? [shape.data.coordinates] : shape.data.coordinates;
  });
}

/** Classes of the annotations in such a file. @throws as {@link readPolygons}. */
export function readClasses(file: string, code: ErrorCode): string[] {
  return [...new Set(parsed(file, code).flatMap(({ properties }) => properties?.classification?.name ?? []))];
}

function parsed(file: string, code: ErrorCode): z.output<typeof annotations> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw fileError(error, file);
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw invalid(file, code, messageOf(error));
  }
  const result = annotations.safeParse(json);
  if (!result.success) throw invalid(file, code, 'it holds no features');
  return result.data;
}

function invalid(file: string, code: ErrorCode, why: string): HardmineError {
  return new HardmineError(code, `This is not a GeoJSON file of annotations: ${why}.`, { place: { file }, remedy: 'Export the annotations again, in QuPath with File › Export objects as GeoJSON.' });
}
