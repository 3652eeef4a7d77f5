import type { Region } from '../../../shared/units.js';
import type { Slide } from '../../../slides/contract.js';
import { levelScale } from '../../../slides/level-scale.js';
import { axisTaps, resample } from '../../../slides/resample.js';

/** The filter that follows the blocks still shrinks at least so much: it hides them. */
const filtered = 2;
/** Pixels read at once at most: 48 MB of RGB. */
const mostPixels = 16 * 2 ** 20;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A region shrunk far, to look at: whole blocks of pixels are averaged before the filter of all other reads, which by
 * itself takes most of a second for a slide without levels. To train on, read the slide itself.
 * @returns as `Slide.read`.
 */
export async function readOverview(slide: Slide, region: Region, size: Size): Promise<Uint8Array> {
  const reduction = region.width / size.width;
  const level = slide.levels.findLast(({ downsample }) => downsample <= reduction * 1.005) ?? slide.levels[0];
  const [base] = slide.levels;
  const scale = levelScale(base, level);
  const edge = Math.floor(reduction / level.downsample / filtered);
  const across = pixelsOf(region.x / scale.x, region.width / scale.x, level.width);
  const down = pixelsOf(region.y / scale.y, region.height / scale.y, level.height);
  const read = { width: across.count, height: down.count };
  if (edge < 2 || read.width * read.height > mostPixels) return slide.read(region, size);
  const pixels = await slide.read({ x: across.first * scale.x, y: down.first * scale.y, width: read.width * scale.x, height: read.height * scale.y }, read);
  const blocks = averageBlocks(pixels, read, edge);
  const taps = ({ first }: { readonly first: number }, length: number, at: number, extent: number, count: number, end: number) => axisTaps(length, (at - first) / edge, extent / edge, count, (end - first) / edge);
  const h = taps(across, blocks.width, region.x / scale.x, region.width / scale.x, size.width, base.width / scale.x);
  const v = taps(down, blocks.height, region.y / scale.y, region.height / scale.y, size.height, base.height / scale.y);
  const target = new Uint8Array(size.width * size.height * 3);
  resample(blocks.pixels, h, v, target, 0);
  return target;
}

/** The whole pixels of a level that a stretch of it touches. */
function pixelsOf(at: number, extent: number, length: number): { readonly first: number; readonly count: number } {
  const first = Math.floor(at + 1e-6);
  return { first, count: Math.min(length, Math.ceil(at + extent - 1e-6)) - first };
}

/** The mean of each block; those at the far edges may be smaller. */
function averageBlocks(pixels: Uint8Array, { width, height }: Size, edge: number): Size & { readonly pixels: Uint8Array } {
  const columns = Math.ceil(width / edge);
  const rows = Math.ceil(height / edge);
  const result = new Uint8Array(columns * rows * 3);
  const sums = new Uint32Array(columns * 3);
  for (let row = 0; row < rows; row++) {
    const end = Math.min(height, (row + 1) * edge);
    sums.fill(0);
    for (let y = row * edge; y < end; y++) addRow(sums, pixels, y * width * 3, width, edge);
    for (let column = 0; column < columns; column++) {
      const count = (end - row * edge) * (Math.min(width, (column + 1) * edge) - column * edge);
      for (let i = column * 3; i < column * 3 + 3; i++) result[row * columns * 3 + i] = sums[i] / count + 0.5;
    }
  }
  return { width: columns, height: rows, pixels: result };
}

function addRow(sums: Uint32Array, pixels: Uint8Array, from: number, width: number, edge: number): void {
  for (let column = 0, at = from; column < sums.length; column += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (const end = Math.min(from + width * 3, at + edge * 3); at < end; at += 3) {
      red += pixels[at];
      green += pixels[at + 1];
      blue += pixels[at + 2];
    }
    sums[column] += red;
    sums[column + 1] += green;
    sums[column + 2] += blue;
  }
}
