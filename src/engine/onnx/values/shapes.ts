export type Shape = readonly number[];

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}

/** The shape that all broadcast to, aligned at their last axes. */
export function broadcastShape(...shapes: readonly Shape[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    for (const shape of shapes) {
      const size = shape[axis - rank + shape.length];
      if (size !== undefined && size !== 1) return size;
    }
    return 1;
  });
}

/** With ones in front, up to `rank` axes. */
export function withRank(shape: Shape, rank: number): number[] {
  return [...Array.from({ length: rank - shape.length }, () => 1), ...shape];
}

export function identityOrder(rank: number): number[] {
  return Array.from({ length: rank }, (_, i) => i);
}

export function isIdentity(order: Shape): boolean {
  return order.every((axis, i) => axis === i);
}

/** The order that undoes `order`. */
export function inverseOrder(order: Shape): number[] {
  const inverse: number[] = [];
  order.forEach((axis, i) => (inverse[axis] = i));
  return inverse;
}

/** Non-negative and ascending. */
export function normalAxes(axis: number | readonly number[] | null | undefined, rank: number): number[] {
  const axes = axis === null || axis === undefined ? identityOrder(rank) : typeof axis === 'number' ? [axis] : [...axis];
  return axes.map((a) => (a < 0 ? a + rank : a)).sort((a, b) => a - b);
}

export function normalAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
