import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bankOf, openRun, roundsOf, scoresOf, slideOf } from '../../../../src/host/serve/run-material.js';
import { makeRun } from '../../report/fixtures.js';
import { temporaryFolder } from '../run/fixtures.js';

const slides = [
  { id: 'a', path: 'a.png', label: 1 },
  { id: 'b', path: '', label: 0 },
] as const;

it('finds the slides of a run, with the split it drew', async () => {
  const root = temporaryFolder();
  const material = await openRun(makeRun(root, slides, { rounds: 3 }));
  expect([...material.slides.values()]).toMatchObject([{ id: 'a', label: 1, split: 'test' }, { id: 'b', label: 0, split: 'validation' }]);
  expect(material).toMatchObject({ experimentFolder: root, experimentFile: join(root, 'fixture.mil.json') });
  expect(slideOf(material, 'a').path).toBe(join(root, 'a.png'));
  expect(roundsOf(material.run)).toEqual([1, 2, 3]);
});

it('says which slide is missing, and where', async () => {
  const root = temporaryFolder();
  const material = await openRun(makeRun(root, slides));
  expect(() => slideOf(material, 'z')).toThrow(expect.objectContaining({ code: 'slide-missing', place: { file: join(root, 'cohort.csv'), slide: 'z' } }) as Error);
});

it('reads a table once, and again when its file is another one', async () => {
  const root = temporaryFolder();
  const run = makeRun(root, slides, { rounds: 1 });
  const first = await bankOf(run, 1);
  expect(first.slide.length).toBeGreaterThan(0);
  expect(await bankOf(run, 1)).toBe(first);
  rmSync(join(run, 'rounds/01/bank.parquet'));
  await expect(bankOf(run, 1)).rejects.toMatchObject({ code: 'file-missing' });
  writeFileSync(join(run, 'rounds/01/bank.parquet'), 'no parquet');
  await expect(bankOf(run, 1)).rejects.toMatchObject({ code: 'run-damaged' });
});

it('has no scores before a round wrote them', async () => {
  await expect(scoresOf(makeRun(temporaryFolder(), slides), 9)).rejects.toMatchObject({ code: 'file-missing', place: { file: expect.stringContaining('rounds/09') as string } });
});
