/**
 * Turns over the 8-connected components of `value` that are smaller than `minPixels`, in place.
 * @param keepAtEdge leaves those that touch the edge: nobody knows how large they are beyond it.
 */
export function fillComponents(mask: Uint8Array, width: number, height: number, value: 0 | 1, minPixels: number, keepAtEdge = false): void {
  const seen = new Uint8Array(mask.length);
  const queue = new Int32Array(mask.length);
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] !== value || seen[seed] !== 0) continue;
    let size = 1;
    let atEdge = false;
    queue[0] = seed;
    seen[seed] = 1;
    for (let head = 0; head < size; head++) {
      const x = queue[head] % width;
      const y = (queue[head] - x) / width;
      atEdge ||= x === 0 || y === 0 || x === width - 1 || y === height - 1;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const next = v * width + u;
          if (mask[next] !== value || seen[next] !== 0) continue;
          seen[next] = 1;
          queue[size++] = next;
        }
      }
    }
    if (size < minPixels && !(atEdge && keepAtEdge)) for (let i = 0; i < size; i++) mask[queue[i]] = 1 - value;
  }
}
