import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawSample } from '../../../src/sample/index.js';
import type { ExperimentInput } from '../../../src/shared/experiment/index.js';

/** Draws six small slides into a folder, and `tiny.mil.json`: two rounds that take some ten seconds. @returns its path. */
export async function drawTinyCohort(folder: string): Promise<string> {
  const { experimentFile } = await drawSample(folder, { slides: 6, size: 512, seed: 1 });
  const sample = JSON.parse(readFileSync(experimentFile, 'utf8')) as ExperimentInput;
  const tiny: ExperimentInput = {
    ...sample,
    name: 'tiny',
    encoder: { kind: 'resnet', depth: 10, width: 0.25, projection: 16, pretrain: { epochs: 1, batch: 16 } },
    mining: { ...sample.mining, rounds: 2, hardNegativeRatio: 0.2, positiveRatio: { from: 0.2, to: 0.4, warmup: 1 } },
    finetune: { epochs: 1, batch: 16 },
    optimizer: { epochs: 5, lr: 1e-3 },
    evaluation: { bootstrap: 100 },
    check: { ignore: (['validation-too-small', 'test-too-small'] as const).map((code) => ({ code, reason: 'six slides to test the tool with' })) },
  };
  const file = path.join(folder, 'tiny.mil.json');
  writeFileSync(file, `${JSON.stringify(tiny, null, 2)}\n`);
  return file;
}
