import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkStain } from '../../../src/host/check-stain.js';
import { experimentSchema } from '../../../src/shared/experiment/index.js';
import { paint, scratchFolder } from '../slides/fixtures.js';

const folder = scratchFolder();
const check = (stain: object) => checkStain(experimentSchema.parse({ name: 's', cohort: { table: 'c.csv' }, tiling: { stain } }), folder, (path) => ({ file: path.join('.') }));
const place = { file: 'tiling.stain.reference' };

it('wants a reference image that is there and stained, where it is used at all', async () => {
  await paint(300, 300, (x, y) => ((x * y) % 3 === 0 ? [110, 70, 150] : [215, 130, 180])).png().toFile(join(folder, 'good.png'));
  await paint(300, 300, () => [243, 243, 243]).png().toFile(join(folder, 'blank.png'));
  expect(await check({ method: 'macenko', reference: 'good.png' })).toEqual([]);
  expect(await check({ method: 'macenko' })).toEqual([]);
  expect(await check({ reference: 'nowhere.png' })).toEqual([]);
  expect(await check({ method: 'vahadane', reference: 'nowhere.png' })).toMatchObject([{ severity: 'error', code: 'file-missing', place }]);
  expect(await check({ method: 'vahadane', reference: 'blank.png' })).toMatchObject([{ severity: 'error', code: 'stain-unmeasured', place }]);
});
