import type { TilePlace } from '../pixels/tiles.js';
import type { DicomLevel } from './level.js';
import { DicomTiles } from './tiles.js';

/** Edge frames looked at, at most. */
const mostFrames = 48;
/** Grey levels that padding may vary by, and pixels beside the picture where compression blurs it. */
const tolerance = 8;
const blurred = 16;

/**
 * Old converters write frames that fill a matrix and do not say in which order. Those at its right and lower edge
 * are padded beyond it: the order in which all of these hold padding there is the one.
 * @throws Error with a short reason where that does not tell either.
 */
export async function tellOrder(level: DicomLevel): Promise<DicomLevel> {
  if (level.told) return level;
  const inColumns = { ...level, frameAt: ([column, row]: TilePlace) => column * level.rows + row };
  const [rowsFit, columnsFit] = [await isPadded(level), await isPadded(inColumns)];
  if (rowsFit === columnsFit) throw new Error('it does not say in which order its frames lie');
  return rowsFit ? level : inColumns;
}

/** Whether every frame at the right and lower edge is of one colour beyond them. */
async function isPadded(level: DicomLevel): Promise<boolean> {
  const { width, height, tileWidth, tileHeight, columns, rows } = level;
  const right = width - (columns - 1) * tileWidth;
  const bottom = height - (rows - 1) * tileHeight;
  const edge: TilePlace[] = [
    ...(right + blurred < tileWidth ? Array.from({ length: rows }, (_, row): TilePlace => [columns - 1, row]) : []),
    ...(bottom + blurred < tileHeight ? Array.from({ length: columns - 1 }, (_, column): TilePlace => [column, rows - 1]) : []),
  ];
  const step = Math.ceil(edge.length / mostFrames) || 1;
  const looked = edge.filter((_, i) => i % step === 0);
  const tiles = await new DicomTiles([level], []).readTiles(0, looked);
  return tiles.every((tile, i) => {
    const [column, row] = looked[i];
    return tile !== undefined && (column < columns - 1 || isFlat(tile, tileWidth, right + blurred, 0)) && (row < rows - 1 || isFlat(tile, tileWidth, 0, bottom + blurred));
  });
}

/** Whether the pixels of a tile from a column and row on have nearly one colour. */
function isFlat(tile: Uint8Array, width: number, left: number, top: number): boolean {
  const rows = tile.length / 3 / width;
  const [low, high] = [[255, 255, 255], [0, 0, 0]];
  for (let y = top; y < rows; y++) {
    for (let i = (y * width + left) * 3; i < (y + 1) * width * 3; i++) {
      low[i % 3] = Math.min(low[i % 3], tile[i]);
      high[i % 3] = Math.max(high[i % 3], tile[i]);
    }
  }
  return high.every((value, channel) => value - low[channel] <= tolerance);
}
