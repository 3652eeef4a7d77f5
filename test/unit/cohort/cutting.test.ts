import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAnnotations } from '../../../src/cohort/annotations.js';
import type { CohortSlide } from '../../../src/cohort/contract.js';
import { createCutter } from '../../../src/cohort/cutting.js';
import { tilingSchema } from '../../../src/shared/experiment/data.js';
import { openSlide } from '../../../src/slides/open.js';
import { paint, scratchFolder } from '../slides/fixtures.js';

const folder = scratchFolder();
const row = (id: string): CohortSlide => ({ id, path: join(folder, `${id}.png`), label: 0, classes: [], patient: id, mpp: 1, line: 2 });
const slide = async (id: string): Promise<CohortSlide> => {
  await paint(320, 160, (x, y) => ((x + y) % 7 < 3 ? [110, 70, 150] : [215, 130, 180])).png().toFile(row(id).path);
  return row(id);
};
/** Annotations: squares by class, left and right edge. */
function annotate(id: string, areas: readonly (readonly [string, number, number])[], below = 'areas'): void {
  mkdirSync(join(folder, below), { recursive: true });
  const features = areas.map(([name, left, right]) => ({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [[[left, 0], [right, 0], [right, 160], [left, 160], [left, 0]]] }, properties: { objectType: 'annotation', classification: { name } } }));
  writeFileSync(join(folder, below, `${id}.geojson`), JSON.stringify({ type: 'FeatureCollection', features }));
}
const tiling = (annotations: object, more: object = {}) => tilingSchema.parse({ mpp: 1, size: 32, tissue: { method: 'none', mpp: 1, minFraction: 0.6, annotations: { folder: 'areas', ...annotations } }, ...more });
const columns = async (options: ReturnType<typeof tiling>, of: CohortSlide): Promise<number[]> => [...new Set((await createCutter(options, folder).cut(await openSlide(of.path), of)).grid.x)];

describe('annotations', () => {
  it('let patches lie inside of some classes and outside of others', async () => {
    const one = await slide('one');
    annotate('one', [['Tumor', 32, 160], ['Artefact', 96, 128], ['Other', 0, 320]]);
    expect(await columns(tiling({ include: ['Tumor'] }), one)).toEqual([32, 64, 96, 128]);
    expect(await columns(tiling({ include: ['Tumor'], exclude: ['Artefact'] }), one)).toEqual([32, 64, 128]);
    expect(await columns(tiling({ exclude: ['Tumor'] }), one)).toEqual([0, 160, 192, 224, 256, 288]);
  });

  it('are needed where something must be included, not where something must not', async () => {
    const two = await slide('two');
    expect(await columns(tiling({ exclude: ['Artefact'] }), two)).toHaveLength(10);
    await expect(columns(tiling({ include: ['Tumor'] }), two)).rejects.toMatchObject({ code: 'annotations-invalid', place: { slide: 'two', file: join(folder, 'areas/two.geojson') } });
    writeFileSync(join(folder, 'areas', 'broken.geojson'), '{"type": "Feature');
    await expect(columns(tiling({ exclude: ['Artefact'] }), { ...two, id: 'broken' })).rejects.toMatchObject({ code: 'annotations-invalid' });
  });

  it('change the hash of a slide when they change, as the reference of the staining does', async () => {
    const three = await slide('three');
    annotate('three', [['Tumor', 0, 64]]);
    const cutter = createCutter(tiling({ include: ['Tumor'] }), folder);
    const before = await cutter.hashOf(three);
    expect(await cutter.hashOf(three)).toBe(before);
    annotate('three', [['Tumor', 0, 96]]);
    expect(await cutter.hashOf(three)).not.toBe(before);
    const stained = (reference: string) => createCutter(tilingSchema.parse({ stain: { method: 'macenko', reference } }), folder).hashOf(three);
    expect(await stained('one.png')).toBe(await stained('one.png'));
    annotate('reference', []);
    expect(await stained('areas/reference.geojson')).not.toBe(await stained('one.png'));
    expect(await createCutter(tilingSchema.parse({}), folder).hashOf(three)).toBe(await createCutter(tiling({ folder: 'nowhere' }), folder).hashOf(three));
  });
});

describe('checkAnnotations', () => {
  const options = (more: object) => tiling(more).tissue.annotations!;

  it('names a missing folder, slides without a file and classes nobody drew', async () => {
    annotate('a', [['Tumor', 0, 50]], 'checked');
    const check = (more: object) => checkAnnotations([row('a'), row('b')], options({ folder: 'checked', ...more }), folder);
    expect(checkAnnotations([row('a')], options({ folder: 'none' }), folder)).toMatchObject([{ severity: 'error', code: 'annotations-invalid', place: { file: join(folder, 'none') } }]);
    expect(check({ include: ['Tumor'] })).toMatchObject([{ severity: 'error', message: expect.stringContaining('no file of annotations'), place: { slide: 'b' } }]);
    expect(check({ exclude: ['tumour'] })).toMatchObject([{ severity: 'warning', message: 'No annotation of the cohort is of class "tumour". Did you mean "Tumor"?' }]);
    expect(check({ exclude: ['Tumor'] })).toEqual([]);
    expect(checkAnnotations([row('x')], options({ folder: 'checked', exclude: ['Tumor'] }), folder)).toMatchObject([{ severity: 'warning', message: 'No slide of the cohort has annotations here.' }]);
  });
});

describe('staining', () => {
  it('leaves pixels as they are unless asked, and brings them to the reference', async () => {
    const one = await slide('stained');
    const [plain, like] = [createCutter(tilingSchema.parse({ mpp: 1, size: 32 }), folder), createCutter(tilingSchema.parse({ mpp: 1, size: 32, stain: { method: 'macenko' } }), folder)];
    const open = await openSlide(one.path);
    expect(await (await plain.cut(open, one)).pixels()).toBe(open);
    const region = { x: 0, y: 0, width: 64, height: 64 };
    const restained = await (await (await like.cut(open, one)).pixels()).read(region, region);
    expect(restained).not.toEqual(await open.read(region, region));
    expect(restained).toHaveLength(64 * 64 * 3);
  });
});
