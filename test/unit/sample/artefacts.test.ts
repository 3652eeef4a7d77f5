import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPolygons } from '../../../src/cohort/truth/geojson.js';
import { drawSample } from '../../../src/sample/index.js';
import { tilingSchema } from '../../../src/shared/experiment/data.js';
import { openSlide } from '../../../src/slides/open.js';
import type { Polygon } from '../../../src/slides/polygons.js';
import { heedAnnotations } from '../../../src/slides/tissue/annotations.js';
import { findTissue } from '../../../src/slides/tissue/mask.js';
import { findPen } from '../../../src/slides/tissue/pen.js';
import { overview, readOverview, type Raster } from '../../../src/slides/tissue/raster.js';

const folder = mkdtempSync(join(tmpdir(), 'artefacts-'));
let slides: readonly string[];
beforeAll(async () => {
  ({ slides } = await drawSample(folder, { slides: 6, size: 2048, seed: 3 }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const truthOf = (id: string, name: string): Polygon[] => readPolygons(join(folder, 'truth', `${id}.geojson`), [name]);
/** The mask that annotations draw. */
function drawn(frame: Omit<Raster, 'data'>, include: readonly Polygon[], exclude: readonly Polygon[] = []): Uint8Array {
  const mask = { ...frame, data: new Uint8Array(frame.width * frame.height).fill(1) };
  heedAnnotations(mask, { include, exclude });
  return mask.data;
}

describe('the truth of the sample', () => {
  it('outlines the tissue of every slide, and some pen marks', () => {
    const pens = slides.filter((id) => truthOf(id, 'pen').length > 0);
    expect(pens.length).toBeGreaterThan(0);
    expect(pens.length).toBeLessThan(slides.length);
    for (const id of slides) expect(JSON.parse(readFileSync(join(folder, 'truth', `${id}.geojson`), 'utf8')).features.some((feature: { properties: { classification: { name: string } } }) => feature.properties.classification.name === 'tissue')).toBe(true);
  });

  // Fat of the sample makes closed holes of up to 0.02 mm²; the default leaves them out, as it leaves out any other.
  it.each([['otsu', null], ['otsu', 50_000], ['otsu-density', null], ['otsu-density', 50_000], ['fixed', 50_000]] as const)('agrees with the tissue found (%s, holes filled below %s µm²)', async (method, maxHole) => {
    let [both, either] = [0, 0];
    for (const id of slides) {
      const slide = await openSlide(join(folder, 'slides', `${id}.tiff`));
      const mask = await findTissue(slide, 0.5, { ...tilingSchema.parse({}).tissue, method, maxHole, rejectPen: true });
      const truth = drawn(mask, truthOf(id, 'tissue'), truthOf(id, 'pen'));
      const [one, any] = [mask.data.filter((value, i) => (value & truth[i]) === 1).length, mask.data.filter((value, i) => (value | truth[i]) === 1).length];
      expect(one / any, id).toBeGreaterThan(0.9);
      [both, either] = [both + one, either + any];
      await slide.close();
    }
    expect(both / either).toBeGreaterThanOrEqual(0.96);
  });

  it('agrees with the pen marks found: all of them, and on no other slide', async () => {
    for (const id of slides) {
      const slide = await openSlide(join(folder, 'slides', `${id}.tiff`));
      const frame = overview(slide, 0.5, 8);
      const pen = findPen(await readOverview(slide, frame), frame.width, frame.height, 0.5 * frame.scaleX);
      const found = pen.filter((value) => value !== 0).length;
      const marks = truthOf(id, 'pen');
      if (marks.length === 0) expect(found, id).toBe(0);
      else {
        const truth = drawn(frame, marks);
        const inked = truth.filter((value) => value === 1).length;
        expect(pen.filter((value, i) => value !== 0 && truth[i] === 1).length / inked, id).toBeGreaterThanOrEqual(0.9);
        // A mark is 6 pixels wide here; over tissue its fringe adds one to each side, and its round ends reach beyond the truth.
        expect(found / inked).toBeLessThan(1.5);
      }
      await slide.close();
    }
  });
});
