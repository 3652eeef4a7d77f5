import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tilingSchema } from '../../../../src/shared/experiment/data.js';
import { slideTissue } from '../../../../src/slides/tissue/report.js';
import { paint, scratchFolder } from '../fixtures.js';

const folder = scratchFolder();
const options = tilingSchema.parse({}).tissue;

it('says what a slide holds, and outlines it in level-0 pixels', async () => {
  const path = join(folder, 'slide.png');
  // 2 µm/px: tissue of 800 × 800 µm with a lumen of 320 × 320 µm, and a green stroke beside it.
  await paint(800, 480, (x, y) => (x >= 80 && x < 480 && y >= 40 && y < 440 && !(x >= 200 && x < 360 && y >= 160 && y < 320) ? [205, 130, 180] : x >= 600 && x < 640 ? [60, 150, 100] : [244, 243, 245])).png().toFile(path);
  const { tissue, outlines } = await slideTissue(path, { ...options, rejectPen: true, slideMpp: 2 });
  expect(tissue).toMatchObject({ path, slideMpp: 2, mpp: 8, areas: 1 });
  expect(tissue.quality.tissue.area).toBeCloseTo(0.64 - 0.1024, 2);
  expect(tissue.quality.pen.areas).toEqual({ green: expect.closeTo((96 * 960) / 1e6, 2) });
  expect(tissue.quality.focus).toBeNull();
  expect(tissue.quality.stain).toMatchObject({ glass: [244, 243, 245], haematoxylin: expect.any(Number) });
  expect(outlines.features.map(({ properties, geometry }) => [properties!.classification.name, geometry.coordinates.length])).toEqual([['Tissue', 2], ['Pen', 1]]);
  const [[[x, y]]] = outlines.features[0].geometry.coordinates;
  expect([x, y]).toEqual([80, 40]);
});

it('wants to know the resolution', async () => {
  const path = join(folder, 'unknown.png');
  await paint(50, 50, () => [200, 120, 170]).png().toFile(path);
  await expect(slideTissue(path, options)).rejects.toMatchObject({ code: 'mpp-unknown' });
});
