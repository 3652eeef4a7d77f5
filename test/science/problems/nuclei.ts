import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import sharp from 'sharp';
import type { Bag } from './problem.js';

/** Edge of the image around a nucleus, px. */
export const edge = 27;
export const channels = 3;
export const instanceSize = edge * edge * channels;

/** The images of the colon cohort that hold nuclei, as bags of 27 × 27 px around each; values −1 to 1, r, g, b by turns. */
export async function readNucleusBags(folder: string): Promise<Bag[]> {
  const read = (name: string) => parse(readFileSync(path.join(folder, name)), { columns: true }) as Record<string, string>[];
  const nuclei = read('nuclei.csv');
  const bags: Bag[] = [];
  for (const slide of read('cohort.csv')) {
    const own = nuclei.filter(({ slide_id }) => slide_id === slide['slide_id']);
    if (own.length === 0) continue;
    const { data, info } = await sharp(path.join(folder, slide['path']!)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const instances = new Float32Array(own.length * instanceSize);
    own.forEach(({ x, y }, i) => cut(data, info, Math.round(Number(x)), Math.round(Number(y)), instances.subarray(i * instanceSize, (i + 1) * instanceSize)));
    bags.push({ id: slide['slide_id']!, label: Number(slide['label']) as 0 | 1, instances, size: instanceSize });
  }
  return bags;
}

/** The square around (x, y); beyond the border the border goes on. */
function cut(image: Buffer, { width, height }: { readonly width: number; readonly height: number }, x: number, y: number, into: Float32Array): void {
  const half = (edge - 1) / 2;
  let i = 0;
  for (let row = y - half; row <= y + half; row++) {
    for (let column = x - half; column <= x + half; column++) {
      const start = (within(row, height) * width + within(column, width)) * channels;
      for (let channel = 0; channel < channels; channel++) into[i++] = image[start + channel]! / 127.5 - 1;
    }
  }
}

function within(position: number, size: number): number {
  return Math.min(size - 1, Math.max(0, position));
}
