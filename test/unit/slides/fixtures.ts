import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll } from 'vitest';

/** A folder of this test file, gone when it ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hardmine-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file of the shared folder beside the checkout; undefined where it is missing. */
export function shared(...parts: string[]): string | undefined {
  const path = resolve(import.meta.dirname, '../../../../shared', ...parts);
  return existsSync(path) ? path : undefined;
}

/** Pixels of a synthetic image. */
export function paint(width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number]): Sharp {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 3);
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Says where it lies: red counts columns, green rows, blue the overflow of both. Exact for images up to 4096 px. */
export const encoded = (x: number, y: number): [number, number, number] => [x & 255, y & 255, ((x >> 8) << 4) | (y >> 8)];

/** Linear in x and y, so that any resampling must give the value at the centre of each output pixel. */
export const ramp = (width: number, height: number) => (x: number, y: number): [number, number, number] => [Math.round(((x + 0.5) / width) * 255), Math.round(((y + 0.5) / height) * 255), 128];

export function writeText(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
