/** Opens a slide and reads its patches, given as JSON on standard input; prints how long opening and showing the whole took, ms, and the peak of memory, bytes. */
import { readFileSync } from 'node:fs';
import { collectSeldom } from '../../../src/host/heap.js';
import { openSlide } from '../../../src/slides/open.js';
import { readPatches } from '../../../src/slides/patches.js';
import type { PatchPlaces } from '../openslide/process.js';

async function main(): Promise<void> {
  collectSeldom();
  const { path, size, x, y } = JSON.parse(readFileSync(0, 'utf8')) as PatchPlaces;
  const start = performance.now();
  const slide = await openSlide(path);
  const opened = performance.now() - start;
  // What a viewer shows first.
  await slide.read({ x: 0, y: 0, width: slide.levels[0].width, height: slide.levels[0].height }, { width: 256, height: 256 });
  const shown = performance.now() - start;
  const grid = { size0: size, size, mpp: 1, x: Float64Array.from(x), y: Float64Array.from(y), tissue: new Float32Array(x.length) };
  let count = 0;
  for await (const { index } of readPatches(slide, grid)) count = index + 1;
  if (count !== x.length) throw new Error(`${count} patches of ${x.length} were read`);
  await slide.close();
  console.log(JSON.stringify({ opened, shown, peak: process.resourceUsage().maxRSS * 1024 }));
}

void main();
