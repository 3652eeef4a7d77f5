/**
 * Morphological closing with a square of radius `radius`: bridges gaps up to twice as wide.
 * What lies beyond the edge counts neither as tissue nor as glass.
 */
export function close(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  return spread(dilate(mask, width, height, radius), width, height, radius, 0);
}

/** Grows what is 1 by a square of radius `radius`. */
export function dilate(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  return spread(mask, width, height, radius, 1);
}

/** Gives `value` to every pixel within `radius` of one that has it; along x, then along y. */
function spread(mask: Uint8Array, width: number, height: number, radius: number, value: 0 | 1): Uint8Array {
  const along = spreadLines(mask, { lines: height, length: width, step: 1, stride: width }, radius, value);
  return spreadLines(along, { lines: width, length: height, step: width, stride: 1 }, radius, value);
}

interface Lines {
  readonly lines: number;
  readonly length: number;
  /** Distance of neighbours in a line, and of lines. */
  readonly step: number;
  readonly stride: number;
}

function spreadLines(mask: Uint8Array, { lines, length, step, stride }: Lines, radius: number, value: 0 | 1): Uint8Array {
  const result = mask.slice();
  for (let line = 0; line < lines; line++) {
    let reached = 0;
    for (let i = 0; i < length; i++) {
      if (mask[line * stride + i * step] !== value) continue;
      const end = Math.min(length, i + radius + 1);
      for (let k = Math.max(reached, i - radius); k < end; k++) result[line * stride + k * step] = value;
      reached = end;
    }
  }
  return result;
}
