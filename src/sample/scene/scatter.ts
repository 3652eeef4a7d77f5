import type { Random } from '../../shared/random.js';

/** A square in level-0 pixels, given by its centre. */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
}

export interface Dart {
  readonly x: number;
  readonly y: number;
  /** Half the room it keeps to itself, level-0 pixels. */
  readonly radius: number;
}

/**
 * Throws darts that keep their distance: two lie no nearer than the sum of their radii.
 * @param radiusAt room a dart at (x, y) needs, or 0 where none may lie; at most `largest`.
 * @param tries darts thrown for each that would fit; more fill the gaps.
 */
export function scatter(square: Square, largest: number, radiusAt: (x: number, y: number) => number, tries: number, random: Random): Dart[] {
  const cell = 2 * largest;
  const columns = Math.ceil((2 * square.reach) / cell) + 2;
  const cells: Dart[][] = Array.from({ length: columns * columns }, () => []);
  const darts: Dart[] = [];
  const left = square.x - square.reach;
  const top = square.y - square.reach;
  for (let wanted = Math.ceil((tries * (2 * square.reach) ** 2) / (4 * largest * largest)); wanted > 0; wanted--) {
    const x = left + 2 * square.reach * random.uniform();
    const y = top + 2 * square.reach * random.uniform();
    const radius = radiusAt(x, y);
    if (radius <= 0) continue;
    const column = 1 + Math.min(columns - 3, Math.floor((x - left) / cell));
    const row = 1 + Math.min(columns - 3, Math.floor((y - top) / cell));
    if (crowded(cells, columns, column, row, x, y, radius)) continue;
    const dart = { x, y, radius };
    cells[row * columns + column].push(dart);
    darts.push(dart);
  }
  return darts;
}

function crowded(cells: readonly Dart[][], columns: number, column: number, row: number, x: number, y: number, radius: number): boolean {
  for (let r = row - 1; r <= row + 1; r++) {
    for (let c = column - 1; c <= column + 1; c++) {
      for (const dart of cells[r * columns + c]) {
        const apart = radius + dart.radius;
        if ((x - dart.x) ** 2 + (y - dart.y) ** 2 < apart * apart) return true;
      }
    }
  }
  return false;
}
