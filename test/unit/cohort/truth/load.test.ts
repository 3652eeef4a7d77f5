import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTruth } from '../../../../src/cohort/truth/load.js';
import { coveredShares } from '../../../../src/cohort/truth/scanlines.js';
import type { Polygon } from '../../../../src/slides/polygons.js';
import { scratchFolder, write } from '../fixtures.js';

const folder = scratchFolder();
const annotations = join(folder, 'truth');
mkdirSync(annotations);
const colon = resolve(import.meta.dirname, '../../../../../shared/data/colon');

const square = (x: number, y: number, edge: number): [number, number][] => [[x, y], [x + edge, y], [x + edge, y + edge], [x, y + edge], [x, y]];
const feature = (coordinates: unknown, name: string, type = 'Polygon') => ({ type: 'Feature', id: 'u', geometry: { type, coordinates }, properties: { objectType: 'annotation', classification: { name, color: [200, 0, 0] } } });
const places = (...corners: [number, number][]) => ({ x: Float64Array.from(corners, ([x]) => x), y: Float64Array.from(corners, ([, y]) => y), size0: 10 });
const geojson = { format: 'geojson' as const, folder: 'truth', classes: ['Tumor'], minFraction: 0.25 };

describe('polygons', () => {
  it('mark patches by share of area, without holes, per slide', async () => {
    write(annotations, 's1.geojson', JSON.stringify({ type: 'FeatureCollection', features: [feature([square(0, 0, 40), square(10, 10, 10)], 'Tumor'), feature([square(100, 0, 50)], 'Stroma'), feature([[square(60, 0, 6)], [square(60, 20, 4)]], 'Tumor', 'MultiPolygon'), feature([70, 70], 'Tumor', 'Point')] }));
    const truth = await loadTruth(geojson, folder);
    expect([...truth.forSlide('s1', places([0, 0], [10, 10], [5, 10], [38, 0], [35, 0], [100, 0], [60, 0], [60, 20]))]).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
    expect([...truth.forSlide('unknown', places([0, 0], [1, 1]))]).toEqual([-1, -1]);
    expect(['s1', 'unknown'].map((id) => truth.marks(id))).toEqual([true, false]);
  });

  it('come as collection, list or single feature, unclassified ones aside', async () => {
    const plain = { ...feature([square(0, 0, 10)], 'x'), properties: {} };
    write(annotations, 'list.geojson', `\uFEFF${JSON.stringify([plain, feature([square(20, 0, 10)], 'Tumor')])}`);
    write(annotations, 'one.geojson', JSON.stringify(feature([square(0, 0, 10)], 'Tumor')));
    const truth = await loadTruth(geojson, folder);
    expect([...truth.forSlide('list', places([0, 0], [20, 0]))]).toEqual([0, 1]);
    expect([...truth.forSlide('one', places([0, 0]))]).toEqual([1]);
  });

  it('are refused when they are none', async () => {
    const truth = await loadTruth(geojson, folder);
    for (const [name, text] of [['broken', '{"type":'], ['other', '{"type":"Topology"}'], ['bent', JSON.stringify(feature('nowhere', 'Tumor'))]]) {
      const file = write(annotations, `${name}.geojson`, text);
      expect(() => truth.forSlide(name, places([0, 0]))).toThrow(expect.objectContaining({ code: 'truth-invalid', place: { file } }));
    }
    await expect(loadTruth({ ...geojson, folder: 'absent' }, folder)).rejects.toMatchObject({ code: 'truth-invalid' });
  });
});

describe('coveredShares', () => {
  it('counts overlaps once and slanted edges closely', () => {
    const rings: Polygon[] = [[square(0, 0, 6)], [square(3, 0, 6)]];
    expect(coveredShares(rings, places([0, 0]))[0]).toBeCloseTo(0.54, 1);
    const triangle: Polygon[] = [[[[0, 0], [10, 0], [0, 10]]]];
    expect(coveredShares(triangle, places([0, 0]))[0]).toBeCloseTo(0.5, 6);
    expect(coveredShares(triangle, places([2, 2]))[0]).toBeCloseTo(0.18, 2);
    expect(coveredShares([], places([0, 0]))[0]).toBe(0);
  });

  it('is within half a line of the truth along y', () => {
    for (const height of [0.1, 3.33, 7.77]) {
      const slab: Polygon[] = [[[[0, 0], [10, 0], [10, height], [0, height]]]];
      expect(Math.abs(coveredShares(slab, places([0, 0]))[0] - height / 10)).toBeLessThanOrEqual(1 / 64);
    }
  });
});

describe('points', () => {
  const points = { format: 'points' as const, table: 'points.csv', classes: ['epithelial'], minCount: 2 };

  it('mark patches by their number, half-open', async () => {
    write(folder, 'points.csv', 'slide_id,x,y,class\n007,1,1,epithelial\n007,9.9,9.9,epithelial\n007,10,5,epithelial\n007,12,5,fibroblast\n007,19,5,epithelial\n008,1,1,other\n');
    const truth = await loadTruth(points, folder);
    expect([...truth.forSlide('007', places([0, 0], [10, 0], [0, 10], [9, 0], [10.5, 0]))]).toEqual([1, 1, 0, 1, 0]);
    expect([...truth.forSlide('008', places([0, 0]))]).toEqual([0]);
    expect([...truth.forSlide('7', places([0, 0]))]).toEqual([-1]);
    expect(['007', '008', '7'].map((id) => truth.marks(id))).toEqual([true, false, false]);
  });

  it('are refused with line and column', async () => {
    const file = write(folder, 'points.csv', 'slide_id,x,y,class\na,1,1,epithelial\na,2,here,epithelial\n');
    await expect(loadTruth(points, folder)).rejects.toMatchObject({ code: 'truth-invalid', place: { file, line: 3, column: 5 } });
    write(folder, 'points.csv', 'slide_id,x,y,klass\n');
    await expect(loadTruth(points, folder)).rejects.toMatchObject({ code: 'truth-invalid', remedy: expect.stringContaining('"klass"') });
  });

  it.skipIf(!existsSync(colon))('of the colon cohort mark epithelium in some patches, not in all', async () => {
    const truth = await loadTruth({ format: 'points', table: 'nuclei.csv', classes: ['epithelial'], minCount: 1 }, colon);
    const grid = { x: Float64Array.from({ length: 49 }, (_, i) => (i % 7) * 64), y: Float64Array.from({ length: 49 }, (_, i) => Math.floor(i / 7) * 64), size0: 64 };
    const marked = Array.from({ length: 100 }, (_, i) => truth.forSlide(`img${i + 1}`, grid)).filter((marks) => marks.includes(1) && marks.includes(0));
    expect(marked.length).toBeGreaterThan(20);
  });
});
