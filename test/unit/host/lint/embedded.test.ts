import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintCohort } from '../../../../src/cohort/lint/index.js';
import { splitCohort } from '../../../../src/cohort/split.js';
import { readCohort } from '../../../../src/cohort/table/cohort.js';
import type { PixelEncoder } from '../../../../src/encoders/contract.js';
import { embedCohort } from '../../../../src/host/embed/embed-cohort.js';
import { experimentSchema, type Experiment } from '../../../../src/shared/experiment/index.js';
import { paint } from '../../slides/fixtures.js';
import { temporaryFolder } from '../run/fixtures.js';
import { plantRun, plantTable } from './fixtures.js';

const encoder: PixelEncoder = { input: 'pixels', featureSize: 2, batch: 4, fingerprint: () => 'flat', embed: ({ count }) => Promise.resolve(new Float32Array(2 * count)), dispose: () => undefined };
const silent = { slide: () => undefined, patches: () => undefined, done: () => undefined, failed: () => undefined };
const parse = (rest: object): Experiment => experimentSchema.parse({ name: 'e', cohort: { table: 'cohort.csv' }, split: { file: 'split.csv' }, tiling: { size: 16, mpp: 1, tissue: { method: 'none' } }, ...rest });

/** Embeds six slides with weights of a run that learnt from some of them. @returns the codes and messages found when training on the features. */
async function embedAndLint(seen: Record<string, 'train' | 'validation' | 'test'> | undefined): Promise<string[]> {
  const folder = temporaryFolder();
  plantTable(folder);
  writeFileSync(join(folder, 'split.csv'), ['slide_id,split', 's0,train', 's1,train', 's2,val', 's3,val', 's4,test', 's5,train'].join('\n'));
  for (let i = 0; i < 6; i++) await paint(32, 32, (x) => [10 + 16 * i, 100, x]).png().toFile(join(folder, `s${i}.png`));
  const weights = seen ? plantRun(folder, 'first', seen) : join(folder, 'elsewhere/a/encoder.safetensors');
  const embedding = parse({ encoder: { kind: 'resnet', weights } });
  const { slides, table } = await readCohort(embedding.cohort, folder, { needSlides: true });
  const outcome = await embedCohort({ experiment: embedding, experimentFolder: folder, slides: slides.map((slide) => ({ ...slide, mpp: 1 })), encoder, out: join(folder, 'out'), overwrite: false, view: silent, isStopped: () => false });
  expect(outcome.embedded).toHaveLength(6);
  const training = parse({ encoder: { kind: 'features', folder: 'out/h5_files' } });
  const found = await lintCohort(training, { baseFolder: folder, table, slides, splits: splitCohort(slides, training.split, folder).splits, readSlides: false, placeIn: () => ({}) });
  return found.filter(({ code }) => code === 'features-saw-test').map(({ severity, message, place }) => `${severity} ${place.line}: ${message}`);
}

describe('features of an encoder that was trained here', () => {
  it('tell of the patients it has seen', async () => {
    expect(await embedAndLint({ s0: 'train', s4: 'train', s3: 'validation' })).toEqual([expect.stringMatching(/^error 6: The features of 1 slide .* "s4" is test here and was train in the run first\.$/)]);
  });

  it('are no finding with the split of that run, or where nothing is known', async () => {
    expect(await embedAndLint({ s0: 'train', s1: 'train', s2: 'validation', s3: 'validation', s4: 'test' })).toEqual([]);
    expect(await embedAndLint(undefined)).toEqual([]);
  });
});
