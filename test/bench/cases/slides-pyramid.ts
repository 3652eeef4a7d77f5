import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { BenchCase } from './case.js';
import { contestantsOn } from './slides.js';
import { patchSize, writePyramid } from './pyramid-file.js';

/** To reach: open in less than this, ms, and hold no more than this, MB, while all tissue is read. */
const openingTime = 200;
const memory = 400;

/** A slide of 100,000 × 100,000 pixels, mostly glass, whose tissue is read patch by patch. */
export const pyramidCase: BenchCase = {
  name: 'slides-pyramid',
  title: `Tissue of a 100,000 px pyramid, ${patchSize} px`,
  target: 1,
  patches: 5525,
  rounds: 3,
  stepsPerTurn: 1,
  async prepare({ folder }) {
    const places = await writePyramid(join(folder, 'pyramid.tif'));
    // In a process of its own, for memory that others took does not count.
    const { opened, shown, peak } = JSON.parse(execFileSync(process.execPath, ['--require', 'tsx/cjs', join(import.meta.dirname, 'pyramid-alone.ts')], { input: JSON.stringify(places), encoding: 'utf8' })) as { opened: number; shown: number; peak: number };
    console.error(`  opened in ${opened.toFixed(0)} ms (to reach: ${openingTime}), shown as a whole in ${shown.toFixed(0)} ms, peak memory ${(peak / 1e6).toFixed(0)} MB (to reach: ${memory})`);
    return contestantsOn(places);
  },
};
