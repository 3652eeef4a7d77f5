/**
 * Turns over the 8-connected components of `value` that are smaller than `minPixels`, in place.
 * @param keepAtEdge leaves those that touch the edge: nobody knows how large they are beyond it.
 */
export function fillComponents(mask: Uint8Array, width: number, height: number, value: 0 | 1, minPixels: number, keepAtEdge = false): void {
  const atEdge = (i: number): boolean => i < width || i >= mask.length - width || i % width === 0 || i % width === width - 1;
  forEachComponent(mask, width, height, (other) => other === value, (pixels) => {
    if (pixels.length < minPixels && !(keepAtEdge && pixels.some(atEdge))) for (const i of pixels) mask[i] = 1 - value;
  });
}

/** Clears the 8-connected components of non-zero pixels that hold fewer than `minProven` ones of `proven`, in place. */
export function keepComponents(mask: Uint8Array, proven: Uint8Array, width: number, height: number, minProven: number): void {
  forEachComponent(mask, width, height, (value) => value !== 0, (pixels) => {
    if (pixels.reduce((sum, i) => sum + proven[i], 0) < minProven) for (const i of pixels) mask[i] = 0;
  });
}

/** Calls `visit` with the pixels of each 8-connected component of a kind; they may be changed, and are valid during the call. */
function forEachComponent(mask: Uint8Array, width: number, height: number, isOne: (value: number) => boolean, visit: (pixels: Int32Array) => void): void {
  const seen = new Uint8Array(mask.length);
  const queue = new Int32Array(mask.length);
  for (let seed = 0; seed < mask.length; seed++) {
    if (seen[seed] !== 0 || !isOne(mask[seed])) continue;
    let size = 1;
    queue[0] = seed;
    seen[seed] = 1;
    for (let head = 0; head < size; head++) {
      const x = queue[head] % width;
      const y = (queue[head] - x) / width;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const next = v * width + u;
          if (seen[next] !== 0 || !isOne(mask[next])) continue;
          seen[next] = 1;
          queue[size++] = next;
        }
      }
    }
    visit(queue.subarray(0, size));
  }
}
