import type { Outlines } from '../../shared/rpc/slides.js';

/**
 * The edges of a mask as closed outlines, along the sides of its pixels exactly; tissue lies on the right hand of
 * each step, so outer edges run clockwise and holes against it. Points are scaled to level-0 pixels.
 */
export function outlineMask({ data, width, height, scaleX, scaleY }: { readonly data: Uint8Array; readonly width: number; readonly height: number; readonly scaleX: number; readonly scaleY: number }): Outlines {
  const stride = width + 1;
  const next = stepsAlong(data, width, height);
  const points: number[] = [];
  const starts: number[] = [];
  for (const first of next.keys()) {
    while (next.has(first)) {
      starts.push(points.length / 2);
      let direction = 0;
      for (let at = first, begun = false; !begun || at !== first; begun = true) {
        const to = takeStep(next, at, direction, stride);
        const turned = to - at;
        // A straight run is one line: only its corners are kept.
        if (turned !== direction) points.push((at % stride) * scaleX, Math.floor(at / stride) * scaleY);
        direction = turned;
        at = to;
      }
    }
  }
  return { points: Float64Array.from(points), starts: Uint32Array.from([...starts, points.length / 2]) };
}

/** From each corner of the pixel grid, the corners its edges lead to: one, or two where pixels touch by a corner. */
function stepsAlong(data: Uint8Array, width: number, height: number): Map<number, number[]> {
  const stride = width + 1;
  const next = new Map<number, number[]>();
  const step = (from: number, to: number): void => {
    const steps = next.get(from);
    if (steps) steps.push(to);
    else next.set(from, [to]);
  };
  const on = (x: number, y: number): boolean => x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!on(x, y)) continue;
      const corner = y * stride + x;
      if (!on(x, y - 1)) step(corner, corner + 1);
      if (!on(x + 1, y)) step(corner + 1, corner + 1 + stride);
      if (!on(x, y + 1)) step(corner + 1 + stride, corner + stride);
      if (!on(x - 1, y)) step(corner + stride, corner);
    }
  }
  return next;
}

/** Takes a step away from the map; where there are two, the one to the right keeps the two pixels' outlines apart. */
function takeStep(next: Map<number, number[]>, at: number, direction: number, stride: number): number {
  const steps = next.get(at)!;
  const right = direction === 1 ? stride : direction === stride ? -1 : direction === -1 ? -stride : 1;
  const index = Math.max(0, steps.indexOf(at + right));
  const [to] = steps.splice(index, 1);
  if (steps.length === 0) next.delete(at);
  return to;
}
