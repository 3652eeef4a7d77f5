import type { Slide } from '../../src/slides/contract.js';
import { readAssociated } from '../../src/slides/associated.js';
import { openSlide } from '../../src/slides/open.js';
import { openWithOpenSlide } from '../../src/slides/formats/openslide.js';
import { HardmineError } from '../../src/shared/errors.js';
import type { Ask, Answer } from './child-reader.js';

// A process that reads what it is told, and says how that went. What is not an error for people counts as a failure.

const edge = 256;
/** A level of up to so many pixels is read as a whole. */
const wholePixels = 4096 * 4096;

process.on('message', (ask: Ask) => {
  const start = performance.now();
  void read(ask).then((outcome) => {
    const answer: Answer = { ...outcome, ms: performance.now() - start, peak: process.resourceUsage().maxRSS * 1024 };
    process.send!(answer);
  });
});

async function read({ path, openslide }: Ask): Promise<Pick<Answer, 'outcome' | 'text'>> {
  try {
    const slide = await (openslide ? openWithOpenSlide(path) : openSlide(path));
    try {
      await look(slide);
      for (const name of openslide ? [] : slide.associated) await readAssociated(path, name);
    } finally {
      await slide.close();
    }
    return { outcome: 'read', text: '' };
  } catch (error) {
    if (error instanceof HardmineError) return { outcome: 'refused', text: error.code };
    return { outcome: 'failed', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** A corner, the far corner and a bit beyond, and all of the smallest level. */
async function look(slide: Slide): Promise<void> {
  const [{ width, height }] = slide.levels;
  const smallest = slide.levels[slide.levels.length - 1];
  await take(slide, { x: 0, y: 0, width: edge, height: edge }, edge);
  await take(slide, { x: width - edge / 2, y: height - edge / 2, width: edge, height: edge }, edge);
  await take(slide, { x: 0, y: 0, width: edge * 1.5, height: edge * 1.5 }, edge);
  if (smallest.width * smallest.height <= wholePixels) await take(slide, { x: 0, y: 0, width, height }, 64);
}

async function take(slide: Slide, region: { x: number; y: number; width: number; height: number }, size: number): Promise<void> {
  const pixels = await slide.read(region, { width: size, height: size });
  if (pixels.length !== size * size * 3) throw new Error(`${pixels.length} bytes for ${size} × ${size} pixels`);
}
