import type { TilePlace } from '../pixels/tiles.js';
import type { DicomInstance } from './instance.js';

/** A level: one instance, or those of one concatenation in order. */
export interface DicomLevel {
  readonly parts: readonly DicomInstance[];
  readonly width: number;
  readonly height: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly columns: number;
  readonly rows: number;
  /** Whether its files say where frames lie. */
  readonly told: boolean;
  /** Number of the frame at a place, counted through all parts; undefined where the file leaves it out. */
  frameAt(place: TilePlace): number | undefined;
}

/** Joins the parts of concatenations; largest level first. @throws Error with a short reason where parts are missing or do not fit. */
export function levelsOf(volumes: readonly DicomInstance[]): DicomLevel[] {
  const groups = new Map<string, DicomInstance[]>();
  for (const [i, instance] of volumes.entries()) {
    const key = instance.concatenation?.uid ?? `instance ${i}`;
    groups.set(key, [...(groups.get(key) ?? []), instance]);
  }
  return [...groups.values()].map(levelOf).sort((a, b) => b.width - a.width);
}

function levelOf(instances: readonly DicomInstance[]): DicomLevel {
  const parts = [...instances].sort((a, b) => (a.concatenation?.firstFrame ?? 0) - (b.concatenation?.firstFrame ?? 0));
  const [{ width, height, tileWidth, tileHeight }] = parts;
  let frames = 0;
  for (const part of parts) {
    if ((part.concatenation?.firstFrame ?? 0) !== frames) throw new Error('a part of a level is missing');
    frames += part.frames;
  }
  const columns = Math.ceil(width / tileWidth);
  const rows = Math.ceil(height / tileHeight);
  const sparse = parts.every(({ places }) => places !== undefined);
  const level = { parts, width, height, tileWidth, tileHeight, columns, rows, told: sparse || columns === 1 || rows === 1 || parts.every(({ inRows }) => inRows) };
  if (sparse) return { ...level, frameAt: sparseFrames(level) };
  if (frames < columns * rows) throw new Error(`a level of ${columns} × ${rows} frames holds ${frames}`);
  if (frames > columns * rows) throw new SeveralPlanes();
  return { ...level, frameAt: ([column, row]) => row * columns + column };
}

/** More frames than places: focal planes or optical paths, which are not told apart here. */
export class SeveralPlanes extends Error {}

function sparseFrames({ parts, tileWidth, tileHeight, columns, rows }: Omit<DicomLevel, 'frameAt'>): DicomLevel['frameAt'] {
  const frames = new Map<number, number>();
  let frame = 0;
  for (const part of parts) {
    if (part.places!.length !== part.frames) throw new Error(`it tells the places of ${part.places!.length} frames and holds ${part.frames}`);
    for (const { column, row } of part.places!) {
      const x = (column - 1) / tileWidth;
      const y = (row - 1) / tileHeight;
      if (!Number.isInteger(x) || !Number.isInteger(y)) throw new Error('its frames do not lie side by side');
      if (x < 0 || y < 0 || x >= columns || y >= rows) throw new Error('a frame lies outside its matrix');
      const place = y * columns + x;
      if (frames.has(place)) throw new SeveralPlanes();
      frames.set(place, frame++);
    }
  }
  return ([column, row]) => frames.get(row * columns + column);
}
