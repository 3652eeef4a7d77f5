import { join } from 'node:path';
import { createFeatureWriter, openFeatures } from '../../../src/cohort/features/index.js';
import { findNeighbours } from '../../../src/host/explain/neighbours.js';
import type { Subject } from '../../../src/host/explain/subject.js';
import { Random } from '../../../src/shared/random.js';
import type { ScoreTable } from '../../../src/shared/run/parquet.js';
import { FeatureBank } from '../../../src/training/feature-bank.js';
import { timed, type BenchCase } from './case.js';

const slides = 100;
const perSlide = 1000;

/** Neighbours of one mined patch among 100,000 from feature stores, when asked before and when not. Nothing stands against it. */
export const explainCases: readonly BenchCase[] = [512, 1024].flatMap((width) => [explainCase(width, true), explainCase(width, false)]);

function explainCase(width: number, warm: boolean): BenchCase {
  return {
    name: `explain-${width}${warm ? '' : '-first'}`,
    title: `Neighbours among ${slides * perSlide} patches × ${width}, ${warm ? 'asked again' : 'asked first'}`,
    target: 1,
    patches: slides * perSlide,
    rounds: 3,
    stepsPerTurn: 2,
    async prepare({ folder }) {
      const random = new Random(3);
      const block = Float32Array.from({ length: perSlide * width }, () => random.between(-1, 1));
      for (let slide = 0; slide < slides; slide++) {
        const writer = await createFeatureWriter(join(folder, `s${slide}.h5`), width);
        block.copyWithin(width, 0);
        writer.append(block, { x: Float64Array.from({ length: perSlide }, (_, i) => 256 * i), y: new Float64Array(perSlide), size0: 256 });
        writer.close();
      }
      const table = scores();
      const open = (): FeatureBank => new FeatureBank((slide) => openFeatures(join(folder, `${slide}.h5`)));
      const kept = open();
      const ask = async (row: number, features: FeatureBank): Promise<number> => {
        const start = row - (row % perSlide);
        // Of the subject, only the patch and its slide are asked for.
        const { negatives } = await findNeighbours({ table, row, start, end: start + perSlide } as Subject, table, features, async () => undefined);
        return negatives.length;
      };
      if (warm) await ask(0, kept);
      let row = 0;
      return [{ name: 'Hardmine', side: 'hardmine', step: async () => timed(() => ask((row += 2017) % (slides * perSlide), warm ? kept : open())).then(({ ms, result }) => ({ ms, value: result })), close: () => undefined }];
    },
  };
}

/** Half of the slides are positive, and the first tenth of their patches mined as such. */
function scores(): ScoreTable {
  const rows = slides * perSlide;
  const slideOf = (i: number): number => Math.floor(i / perSlide);
  const texts = (text: (i: number) => string): string[] => Array.from({ length: rows }, (_, i) => text(i));
  const zeros = new Float32Array(rows);
  return {
    slide: texts((i) => `s${slideOf(i)}`),
    split: texts(() => 'train'),
    role: texts((i) => (slideOf(i) % 2 === 1 && i % perSlide < perSlide / 10 ? 'positive' : 'none')),
    label: Int32Array.from({ length: rows }, (_, i) => slideOf(i) % 2),
    x: Float64Array.from({ length: rows }, (_, i) => 256 * (i % perSlide)),
    y: new Float64Array(rows),
    size: new Float64Array(rows).fill(256),
    score: zeros,
    logit: zeros,
    attention: zeros,
    rank: new Int32Array(rows),
    truth: new Int32Array(rows).fill(-1),
  } as unknown as ScoreTable;
}
