import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { openSlide } from '../../../src/slides/open.js';
import { readPatches } from '../../../src/slides/patches.js';
import type { Contestant } from '../contest.js';
import { openslideContestant, type PatchPlaces } from '../openslide/process.js';
import { timed, type BenchCase } from './case.js';

const folder = join(import.meta.dirname, '../../../../shared/data/slides');
const slides = [
  { name: 'slides-jpeg-224', of: 'JPEG', file: 'CMU-1-Small-Region.svs', size: 224, patches: 117, target: 1 / 1.5 },
  { name: 'slides-jpeg-256', of: 'JPEG', file: 'CMU-1-Small-Region.svs', size: 256, patches: 88, target: 1 / 1.5 },
  { name: 'slides-jpeg2000-224', of: 'JPEG 2000', file: 'TCGA-CR-7395-01A-01-TS1.svs', size: 224, patches: 285, target: 1 },
  { name: 'slides-jpeg2000-256', of: 'JPEG 2000', file: 'TCGA-CR-7395-01A-01-TS1.svs', size: 256, patches: 221, target: 1 },
];

/** Every patch of a slide at level 0, against python3-openslide; each with the cores there are. */
export const slideCases: readonly BenchCase[] = slides.map(({ name, of, file, size, patches, target }) => {
  const path = join(folder, file);
  return {
    name,
    title: `Patches of ${of}, ${size} px`,
    target: Number(target.toFixed(2)),
    patches,
    ...(!existsSync(path) && { missing: `there is no ${path}` }),
    rounds: 7,
    stepsPerTurn: 2,
    prepare: async () => contestantsOn(await placesOn(path, size)),
  };
});

/** Ours, and OpenSlide on one thread and on as many as there are cores, where it is installed. */
export async function contestantsOn(places: PatchPlaces): Promise<Contestant[]> {
  const theirs = await Promise.all([1, availableParallelism()].map((threads) => openslideContestant(places, threads)));
  return [readingContestant(places), ...theirs.filter((one) => one !== undefined)];
}

/** Our reader, as training and `mil tiles --time` use it. */
function readingContestant({ path, size, x, y }: PatchPlaces): Contestant {
  const grid = { size0: size, size, mpp: 1, x: Float64Array.from(x), y: Float64Array.from(y), tissue: new Float32Array(x.length) };
  return {
    name: 'Hardmine',
    side: 'hardmine',
    async step() {
      const { ms, result } = await timed(async () => {
        const slide = await openSlide(path);
        let sum = 0;
        for await (const { pixels } of readPatches(slide, grid)) sum += pixels[0]!;
        await slide.close();
        return sum / x.length;
      });
      return { ms, value: result };
    },
    close: () => undefined,
  };
}

/** Where whole patches lie, edge to edge. */
async function placesOn(path: string, size: number): Promise<PatchPlaces> {
  const slide = await openSlide(path);
  const [{ width, height }] = slide.levels;
  await slide.close();
  const [columns, rows] = [Math.floor(width / size), Math.floor(height / size)];
  const all = Array.from({ length: columns * rows }, (_, i) => i);
  return { path, size, x: all.map((i) => (i % columns) * size), y: all.map((i) => Math.floor(i / columns) * size) };
}
