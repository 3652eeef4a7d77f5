import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { encoded, paint, scratchFolder } from '../slides/fixtures.js';
import { mil } from './mil.js';

const folder = scratchFolder();
const pixelsOf = async (name: string) => sharp(join(folder, name)).removeAlpha().raw().toBuffer({ resolveWithObject: true });

describe('mil read', () => {
  it('writes the pixels that were asked for, and background beyond the slide', async () => {
    await paint(600, 500, encoded).png().toFile(join(folder, 'place.png'));
    expect(mil(folder, 'read', 'place.png', '--x', '290', '--y', '250', '--width', '40', '--height', '30', '--level', '0', '--out', 'out.png')).toMatchObject({ code: 0, out: 'out.png: 40 × 30 px\n' });
    const { data, info } = await pixelsOf('out.png');
    expect([info.width, info.height]).toEqual([40, 30]);
    for (const [x, y] of [[0, 0], [39, 29], [17, 5]]) expect([...data.subarray(3 * (y * 40 + x), 3 * (y * 40 + x) + 3)]).toEqual(encoded(290 + x, 250 + y));

    expect(mil(folder, 'read', 'place.png', '--x', '-10', '--y', '495', '--width', '20', '--height', '10', '--level', '0', '--out', 'edge.png').code).toBe(0);
    const edge = (await pixelsOf('edge.png')).data;
    expect([...edge.subarray(30, 33)]).toEqual(encoded(0, 495));
    expect([...edge.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect([...edge.subarray(3 * 20 * 9, 3 * 20 * 9 + 3)]).toEqual([255, 255, 255]);
  });

  it('reads at a resolution where the slide has one, and says what is missing', async () => {
    await paint(200, 200, (x) => (x < 100 ? [200, 100, 150] : [40, 60, 80])).png().toFile(join(folder, 'halves.png'));
    const words = ['read', 'halves.png', '--x', '0', '--y', '0', '--width', '50', '--height', '50', '--out', 'halves-out.png'];
    expect(mil(folder, ...words, '--mpp', '2', '--slide-mpp', '0.5').code).toBe(0);
    const { data } = await pixelsOf('halves-out.png');
    expect([...data.subarray(3 * 10, 3 * 10 + 3)]).toEqual([200, 100, 150]);
    expect([...data.subarray(3 * 40, 3 * 40 + 3)]).toEqual([40, 60, 80]);
    expect(mil(folder, ...words, '--mpp', '2')).toMatchObject({ code: 1, err: expect.stringContaining('mpp-unknown') });
    expect(mil(folder, ...words)).toMatchObject({ code: 2, err: expect.stringContaining('Give --level or --mpp') });
    expect(mil(folder, ...words, '--level', '7').err).toContain('levels 0 to 0');
  });
});

describe('mil tiles', () => {
  it('lists the patches with tissue, and with --time reads every one', async () => {
    await paint(512, 256, (x) => (x < 256 ? [205, 130, 180] : [244, 243, 245])).png().toFile(join(folder, 'tiles.png'));
    const words = ['tiles', 'tiles.png', '--mpp', '0.5', '--size', '64', '--slide-mpp', '0.5'];
    const { tiles, count } = JSON.parse(mil(folder, ...words, '--json').out) as { tiles: { x: number; y: number }[]; count: number };
    expect(count).toBe(16);
    expect(tiles.map(({ x }) => x)).toEqual([0, 64, 128, 192, 0, 64, 128, 192, 0, 64, 128, 192, 0, 64, 128, 192]);
    expect(mil(folder, ...words).out.split('\n').slice(0, 2)).toEqual(['16 patches of 64 px at 0.5 µm/px (64 level-0 px)', '0\t0\t1']);
    expect(mil(folder, ...words, '--time').out).toMatch(/read in [\d.]+ s: \d+ patches\/s, at most \d[\d.,]* [KMG]i?B of memory/);
    const { timing } = JSON.parse(mil(folder, ...words, '--time', '--json').out) as { timing: { seconds: number; tilesPerSecond: number; peakMemory: number } };
    expect(timing.seconds * timing.tilesPerSecond).toBeCloseTo(16, 6);
    expect(timing.peakMemory).toBeGreaterThan(10 * 2 ** 20);
  });
});

describe('mil tissue', () => {
  /** Outlines of a class in a file of annotations, as boxes: left, top, right, bottom. */
  const boxes = (name: string): number[][] => {
    const { features } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { features: { geometry: { coordinates: [number, number][][] }; properties: { classification: { name: string } } }[] };
    return features.filter(({ properties }) => properties.classification.name === 'Tissue').map(({ geometry: { coordinates: [ring] } }) => [Math.min(...ring.map(([x]) => x)), Math.min(...ring.map(([, y]) => y)), Math.max(...ring.map(([x]) => x)), Math.max(...ring.map(([, y]) => y))]);
  };
  const draw = async (): Promise<void> => {
    // 2 µm/px: a strong and a pale square, 400 µm wide each.
    await paint(800, 400, (x, y) => (y < 100 || y >= 300 ? [244, 243, 245] : x >= 100 && x < 300 ? [180, 100, 150] : x >= 500 && x < 700 ? [238, 220, 232] : [244, 243, 245])).png().toFile(join(folder, 'two.png'));
  };
  const tissue = (...words: string[]) => mil(folder, 'tissue', 'two.png', '--slide-mpp', '2', '--out', 'two.geojson', ...words);

  it('takes thresholds and areas', async () => {
    await draw();
    expect(tissue().code).toBe(0);
    expect(boxes('two.geojson')).toEqual([[100, 100, 300, 300], [500, 100, 700, 300]]);
    expect(tissue('--method', 'fixed', '--saturation', '0.2').code).toBe(0);
    expect(boxes('two.geojson')).toEqual([[100, 100, 300, 300]]);
    expect(tissue('--min-area', '1000000').code).toBe(0);
    expect(boxes('two.geojson')).toEqual([]);
    expect(tissue('--saturation', '0.2')).toMatchObject({ code: 2, err: expect.stringContaining('--method fixed') });
    expect(tissue('--method', 'fixed', '--saturation', '20').code).toBe(2);
  });

  it('heeds what a person drew', async () => {
    await draw();
    const area = (name: string, left: number, right: number) => ({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [[[left, 0], [right, 0], [right, 400], [left, 400], [left, 0]]] }, properties: { classification: { name } } });
    writeFileSync(join(folder, 'drawn.geojson'), JSON.stringify({ type: 'FeatureCollection', features: [area('Tumor', 0, 400), area('Fold', 200, 800)] }));
    expect(tissue('--annotations', 'drawn.geojson', '--include', 'Tumor').code).toBe(0);
    expect(boxes('two.geojson')).toEqual([[100, 100, 300, 300]]);
    expect(tissue('--annotations', 'drawn.geojson', '--exclude', 'Fold').code).toBe(0);
    expect(boxes('two.geojson')).toEqual([[100, 100, 200, 300]]);
    expect(tissue('--annotations', 'drawn.geojson')).toMatchObject({ code: 2, err: expect.stringContaining('--include') });
    expect(tissue('--include', 'Tumor')).toMatchObject({ code: 2, err: expect.stringContaining('--annotations FILE') });

    await paint(80, 40, (x) => (x >= 40 ? [255, 255, 255] : [0, 0, 0])).png().toFile(join(folder, 'mask.png'));
    expect(tissue('--method', 'none', '--mask', 'mask.png').code).toBe(0);
    expect(boxes('two.geojson')).toEqual([[400, 0, 800, 400]]);
    await paint(80, 80, () => [255, 255, 255]).png().toFile(join(folder, 'square.png'));
    expect(tissue('--mask', 'square.png')).toMatchObject({ code: 1, err: expect.stringContaining('another shape than its slide (800 × 400 px)') });
    expect(tissue('--mask', 'drawn.geojson')).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read') });
  });
});
