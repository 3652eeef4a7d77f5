import { LRUCache } from 'lru-cache';
import { messageOf } from '../../../shared/errors.js';
import type { PatchPictures } from '../../../shared/rpc/banks.js';
import type { Region } from '../../../shared/units.js';
import { openRun, scoresOf, slideOf, type RunMaterial } from '../run-material.js';
import type { SlidePool } from '../slide-pool.js';
import { encodeJpeg } from '../slides/jpeg.js';

/** Memory for pictures that were cut before, bytes. */
const keptBytes = 96 * 2 ** 20;
/** Patches cut at a time: more would only wait for the same cores. */
const atOnce = 4;

const kept = new LRUCache<string, Uint8Array>({ maxSize: keptBytes, sizeCalculation: (bytes) => bytes.length });

/** Cuts patches out of their slides, `edge` px each. Slides that cannot be read leave empty pictures and a reason. @throws HardmineError as `openRun`, `scoresOf`. */
export async function cutPictures(pool: SlidePool, run: string, round: number, rows: readonly number[], edge: number): Promise<PatchPictures> {
  const [material, table] = await Promise.all([openRun(run), scoresOf(run, round)]);
  const pictures = new Array<Uint8Array>(rows.length);
  const problems = new Map<string, string>();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let place = next++; place < rows.length; place = next++) {
      const row = rows[place]!;
      const id = table.slide[row]!;
      try {
        pictures[place] = await cut(pool, material, id, { x: table.x[row]!, y: table.y[row]!, width: table.size[row]!, height: table.size[row]! }, edge);
      } catch (error) {
        pictures[place] = new Uint8Array(0);
        problems.set(id, messageOf(error));
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { ...joined(pictures), problems: [...problems.values()] };
}

/** A patch in the middle of its surroundings. @throws HardmineError as `cutPictures`, and where the slide cannot be read. */
export async function cutSurroundings(pool: SlidePool, run: string, round: number, row: number, span: number, edge: number): Promise<Uint8Array> {
  const [material, table] = await Promise.all([openRun(run), scoresOf(run, round)]);
  const size = table.size[row]! * span;
  const margin = (size - table.size[row]!) / 2;
  return cut(pool, material, table.slide[row]!, { x: table.x[row]! - margin, y: table.y[row]! - margin, width: size, height: size }, edge);
}

async function cut(pool: SlidePool, material: RunMaterial, id: string, region: Region, edge: number): Promise<Uint8Array> {
  if (Number.isNaN(region.x)) throw new Error(`The features of slide "${id}" came without places, so its patches cannot be shown.`);
  const { path } = slideOf(material, id);
  const key = `${path}\n${region.x} ${region.y} ${region.width} ${edge}`;
  const before = kept.get(key);
  if (before) return before;
  const size = { width: edge, height: edge };
  const picture = await pool.use(path, async (slide) => encodeJpeg(await slide.read(region, size), size));
  kept.set(key, picture);
  return picture;
}

function joined(pictures: readonly Uint8Array[]): { bytes: Uint8Array; ends: Int32Array } {
  let end = 0;
  const ends = Int32Array.from(pictures, ({ length }) => (end += length));
  const bytes = new Uint8Array(end);
  pictures.forEach((picture, place) => bytes.set(picture, ends[place]! - picture.length));
  return { bytes, ends };
}
