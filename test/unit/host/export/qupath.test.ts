import type { Feature, FeatureCollection, Polygon } from 'geojson';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTruth } from '../../../../src/cohort/truth/load.js';
import { exportQupath } from '../../../../src/host/export/annotations.js';
import { slideScores } from '../../../../src/host/export/slide-scores.js';
import { openSlide } from '../../../../src/slides/open.js';
import { writeRulerRun } from '../../../fixtures/ruler-run.js';
import { temporaryFolder } from '../run/fixtures.js';

type Tile = Feature<Polygon, { objectType: string; classification?: { name: string }; measurements: unknown }>;

async function exported(change: (score: Float32Array) => void = () => undefined): Promise<{ root: string; run: string; file: string; tiles: Tile[]; all: Tile[] }> {
  const root = temporaryFolder();
  const run = await writeRulerRun(root);
  const scores = await slideScores(run, 'ruler', 1);
  change(scores.patches.attention);
  const file = join(root, 'ruler.geojson');
  const slide = await openSlide(scores.row.path);
  await exportQupath(file, { ...scores, row: { ...scores.row, mpp: 0.5 } }, slide);
  await slide.close();
  const all = (JSON.parse(readFileSync(file, 'utf8')) as FeatureCollection).features as Tile[];
  return { root, run, file, all, tiles: all.filter(({ properties }) => properties.objectType === 'tile') };
}

describe('patches for QuPath', () => {
  it('are tiles with measurements and classes, behind the tissue', async () => {
    const { all, tiles } = await exported((attention) => void attention.fill(NaN, 0, 1));
    expect(all[0]!.properties).toMatchObject({ objectType: 'annotation', classification: { name: 'Tissue' } });
    expect(tiles.length).toBeGreaterThan(600);
    expect(tiles[0]!.properties.measurements).toEqual({ score: expect.any(Number) as number, attention: 'NaN', rank: expect.any(Number) as number, round: 1, role: expect.any(Number) as number });
    for (const { properties } of tiles) {
      const { score, role } = properties.measurements as { score: number; role: number };
      expect([role, properties.classification?.name]).toEqual(score > 0.5 ? [1, 'Positive patch'] : [0, undefined]);
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all[0]!.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('come back as instance truth, with measurements in either form', async () => {
    const { root, tiles } = await exported();
    const chosen = tiles.filter((_, i) => i % 7 === 3);
    const asked = tiles.map(({ geometry }) => geometry.coordinates[0]![0]!);
    const places = { x: Float64Array.from(asked, ([x]) => x!), y: Float64Array.from(asked, ([, y]) => y!), size0: 97 };
    const forms = [{ score: 0.5, attention: 'NaN' }, [{ name: 'score', value: 0.5 }, { name: 'attention', value: 'NaN' }]];
    for (const measurements of forms) {
      const features = chosen.map(({ geometry, properties }) => ({ type: 'Feature', geometry, properties: { ...properties, classification: { name: 'Tumor' }, measurements } }));
      writeFileSync(join(root, 'ruler.geojson'), JSON.stringify({ type: 'FeatureCollection', features }));
      const truth = await loadTruth({ format: 'geojson', folder: '.', classes: ['Tumor'], minFraction: 1 }, root);
      expect([...truth.forSlide('ruler', places)]).toEqual(tiles.map((tile) => (chosen.includes(tile) ? 1 : 0)));
    }
  });
});

describe('the scores of a slide', () => {
  it('are refused where there are none, and of a test slide but by the selected round', async () => {
    const { run } = await exported();
    await expect(slideScores(run, 'rular', undefined)).rejects.toMatchObject({ code: 'slide-missing' });
    await expect(slideScores(run, 'other-0', 7)).rejects.toMatchObject({ code: 'usage' });
  });
});
