/** Of the stain nearby that a pixel at the edge must hold, and how far nearby reaches, pixels. */
const share = 1 / 3;
const reach = 2;

/**
 * Drops the pixels at the edge of a mask that are mostly glass, in place: those that hold less than a third of the
 * stain of the most stained within two pixels. A threshold low enough for pale tissue takes every pixel that tissue touches.
 * The edge of the image is no edge of the tissue.
 */
export function trimEdge(mask: Uint8Array, stain: Uint8Array, width: number, height: number): void {
  const before = mask.slice();
  const around = (i: number, radius: number, visit: (neighbour: number) => void): void => {
    const x = i % width;
    const y = (i - x) / width;
    for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++) {
      for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) visit(v * width + u);
    }
  };
  for (let i = 0; i < mask.length; i++) {
    if (before[i] === 0) continue;
    let whole = true;
    around(i, 1, (neighbour) => (whole &&= before[neighbour] === 1));
    if (whole) continue;
    let most = 0;
    around(i, reach, (neighbour) => (most = Math.max(most, stain[neighbour])));
    if (stain[i] < share * most) mask[i] = 0;
  }
}
