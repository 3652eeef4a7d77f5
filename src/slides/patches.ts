import type { Slide, TileGrid } from './contract.js';

export interface Patch {
  /** Position in the grid. */
  readonly index: number;
  /** RGB, size × size × 3. */
  readonly pixels: Uint8Array;
}

/** Widest strip read at once, in patch widths, and the widest gap worth reading across. */
const maxSpan = 64;
const maxGap = 4;
/** Patches read ahead of those in use, so that every core has tiles to decode: whole strips until they hold so many. */
const patchesAhead = 64;

/**
 * The patches of a grid in its order, from patch `from` on. Neighbours in a row are read as one strip
 * (decoding shares tiles and edges), the next few strips while the last one is used; they wait until
 * their patches are asked for. Patch i covers exactly [x, x + size0) × [y, y + size0) of level 0.
 */
export async function* readPatches(slide: Slide, grid: TileGrid, options: { readonly from?: number } = {}): AsyncGenerator<Patch> {
  // Strips are large: one that is used up becomes the memory of the next.
  const spare: Uint8Array[] = [];
  const ahead: { readonly strip: Promise<Strip>; readonly end: number }[] = [];
  let used = options.from ?? 0;
  for (;;) {
    let end = ahead.at(-1)?.end ?? used;
    while (end < grid.x.length && (ahead.length === 0 || end - used < patchesAhead)) {
      const start = end;
      end = endOfStrip(grid, start);
      const strip = readStrip(slide, grid, start, end, spare.pop());
      // Failing while its predecessors are still in use must not count as unhandled: it is awaited in its turn.
      strip.catch(() => undefined);
      ahead.push({ strip, end });
    }
    const next = ahead.shift();
    if (!next) return;
    const strip = await next.strip;
    used = strip.end;
    for (let index = strip.start; index < strip.end; index++) yield { index, pixels: cut(strip, columnOf(grid, strip.start, index), grid.size) };
    if (strip.width !== grid.size) spare.push(strip.memory);
  }
}

interface Strip {
  readonly pixels: Uint8Array;
  readonly width: number;
  /** What the pixels lie in, and room behind them. */
  readonly memory: Uint8Array;
  /** Patches [start, end) of the grid. */
  readonly start: number;
  readonly end: number;
}

/** Column of a patch within the strip that begins with patch `start`, in patch pixels; an integer on a regular grid. */
function columnOf(grid: TileGrid, start: number, index: number): number {
  return ((grid.x[index] - grid.x[start]) * grid.size) / grid.size0;
}

/** Whether patch `index` can be cut out of the strip of its predecessor without moving by a fraction of a pixel. */
function joins(grid: TileGrid, start: number, index: number): boolean {
  if (grid.y[index] !== grid.y[start]) return false;
  const column = columnOf(grid, start, index);
  const gap = columnOf(grid, index - 1, index);
  return gap > 0 && gap <= maxGap * grid.size && column <= (maxSpan - 1) * grid.size && Math.abs(column - Math.round(column)) < 1e-3;
}

function endOfStrip(grid: TileGrid, start: number): number {
  let end = start + 1;
  while (end < grid.x.length && joins(grid, start, end)) end++;
  return end;
}

async function readStrip(slide: Slide, grid: TileGrid, start: number, end: number, into: Uint8Array | undefined): Promise<Strip> {
  const width = Math.round(columnOf(grid, start, end - 1)) + grid.size;
  const region = { x: grid.x[start], y: grid.y[start], width: (width * grid.size0) / grid.size, height: grid.size0 };
  const pixels = await slide.read(region, { width, height: grid.size }, into);
  return { pixels, memory: into?.buffer === pixels.buffer ? into : pixels, width, start, end };
}

function cut(strip: Strip, column: number, size: number): Uint8Array {
  if (strip.width === size) return strip.pixels;
  const patch = new Uint8Array(size * size * 3);
  const left = Math.round(column) * 3;
  for (let y = 0; y < size; y++) {
    const from = y * strip.width * 3 + left;
    patch.set(strip.pixels.subarray(from, from + size * 3), y * size * 3);
  }
  return patch;
}
