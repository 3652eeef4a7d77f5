/** One axis of a resampling: which source pixels, with which weights, make each output pixel. */
export interface AxisTaps {
  /** Output pixels. */
  readonly count: number;
  /** First source pixel of each output pixel, relative to `start`; -1 where the output lies beyond the source. */
  readonly first: Int32Array;
  /** `span` weights an output pixel; those of one pixel add up to one. */
  readonly weights: Float32Array;
  readonly span: number;
  /** Source pixels [start, end) are needed; empty when the output lies wholly beyond the source. */
  readonly start: number;
  readonly end: number;
  /** Each output pixel is one source pixel, in order: nothing to compute. */
  readonly identity: boolean;
}

/** Support of the Catmull-Rom cubic, in output pixels when shrinking and in source pixels when enlarging. */
const support = 2;

/** Keys' cubic convolution kernel with a = −½ (Catmull-Rom). */
function cubic(t: number): number {
  const x = Math.abs(t);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

/**
 * Taps that map [offset, offset + extent) of a source of `length` pixels onto `count` pixels.
 * The kernel widens with the reduction, so shrinking never aliases. At the edges of the source
 * the kernel is cut and renormalised; outputs whose centre lies beyond them get no taps.
 *
 * @param reach where the picture ends, where that is not `length`: the last pixel stands for what a level left out.
 */
export function axisTaps(length: number, offset: number, extent: number, count: number, reach = length): AxisTaps {
  const scale = extent / count;
  const snapped = Math.round(offset);
  // Where the last pixel is used twice nothing can be copied as it stands.
  const identity = Math.abs(scale * count - count) < 1e-3 && Math.abs(offset - snapped) < 1e-3 && (reach <= length || snapped + count <= length);
  const radius = identity ? 0.5 : support * Math.max(1, scale);
  const span = identity ? 1 : Math.ceil(2 * radius) + 1;
  const first = new Int32Array(count).fill(-1);
  const weights = new Float32Array(count * span);
  let start = Infinity;
  let end = 0;
  for (let i = 0; i < count; i++) {
    const centre = identity ? snapped + i + 0.5 : offset + (i + 0.5) * scale;
    if (centre < 0 || centre >= reach) continue;
    const low = identity ? snapped + i : Math.min(length - 1, Math.max(0, Math.ceil(centre - radius - 0.5)));
    const high = identity ? low : Math.min(length - 1, Math.floor(centre + radius - 0.5));
    let sum = 0;
    for (let p = low; p <= high; p++) sum += weights[i * span + p - low] = identity ? 1 : cubic(((p + 0.5 - centre) * support) / radius);
    for (let k = 0; k <= high - low; k++) weights[i * span + k] /= sum;
    first[i] = low;
    start = Math.min(start, low);
    end = Math.max(end, high + 1);
  }
  if (end === 0) start = 0;
  for (let i = 0; i < count; i++) if (first[i] >= 0) first[i] -= start;
  return { count, first, weights, span, start, end, identity };
}

/** The taps of outputs [from, to) alone. */
export function sliceTaps(taps: AxisTaps, from: number, to: number): AxisTaps {
  const first = taps.first.slice(from, to);
  const weights = taps.weights.subarray(from * taps.span, to * taps.span);
  let low = Infinity;
  let high = 0;
  for (const value of first) {
    if (value < 0) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === Infinity) return { ...taps, count: to - from, first, weights, start: 0, end: 0 };
  for (let i = 0; i < first.length; i++) if (first[i] >= 0) first[i] -= low;
  const start = taps.start + low;
  return { ...taps, count: to - from, first, weights, start, end: Math.min(taps.end, taps.start + high + taps.span) };
}

/**
 * Resamples RGB `source` (rows [v.start, v.end) × columns [h.start, h.end) of the image) into rows
 * [row, row + v.count) of `target`, which is h.count pixels wide and already filled with background.
 */
export function resample(source: Uint8Array, h: AxisTaps, v: AxisTaps, target: Uint8Array, row: number): void {
  const sourceWidth = h.end - h.start;
  const sourceHeight = v.end - v.start;
  if (sourceWidth === 0 || sourceHeight === 0) return;
  if (h.identity && v.identity) return copy(source, sourceWidth, h, v, target, row);
  const narrow = shrinkColumns(source, sourceWidth, sourceHeight, h);
  const width = h.count * 3;
  const sums = new Float32Array(width);
  const [left, right] = outputRange(h);
  for (let y = 0; y < v.count; y++) {
    if (v.first[y] < 0) continue;
    sums.fill(0);
    for (let k = 0; k < v.span; k++) {
      const weight = v.weights[y * v.span + k];
      if (weight !== 0) addScaled(sums, narrow, (v.first[y] + k) * width, weight);
    }
    const to = (row + y) * width;
    for (let i = left * 3; i < right * 3; i++) {
      const value = sums[i];
      target[to + i] = value <= 0 ? 0 : value >= 255 ? 255 : value + 0.5;
    }
  }
}

/** sums[i] += weight · values[from + i] */
function addScaled(sums: Float32Array, values: Float32Array, from: number, weight: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] += weight * values[from + i];
}

/** Outputs with taps; they are one run, for those beyond the source lie before or behind it. */
function outputRange({ first, count }: AxisTaps): [number, number] {
  let left = 0;
  while (left < count && first[left] < 0) left++;
  let right = count;
  while (right > left && first[right - 1] < 0) right--;
  return [left, right];
}

function copy(source: Uint8Array, sourceWidth: number, h: AxisTaps, v: AxisTaps, target: Uint8Array, row: number): void {
  const left = h.first.indexOf(0);
  for (let y = 0; y < v.count; y++) {
    if (v.first[y] < 0) continue;
    const from = v.first[y] * sourceWidth * 3;
    target.set(source.subarray(from, from + sourceWidth * 3), ((row + y) * h.count + left) * 3);
  }
}

/** The horizontal pass: sourceHeight × h.count × 3. */
function shrinkColumns(source: Uint8Array, sourceWidth: number, sourceHeight: number, h: AxisTaps): Float32Array {
  const { count, span, first, weights } = h;
  const result = new Float32Array(sourceHeight * count * 3);
  const [left, right] = outputRange(h);
  for (let y = 0; y < sourceHeight; y++) {
    const line = y * sourceWidth;
    for (let x = left; x < right; x++) {
      let r = 0;
      let g = 0;
      let b = 0;
      // Behind the last tap weights are zero and the source may end.
      for (let k = x * span, from = (line + first[x]) * 3; k < (x + 1) * span; k++, from += 3) {
        const weight = weights[k];
        if (weight === 0) continue;
        r += weight * source[from];
        g += weight * source[from + 1];
        b += weight * source[from + 2];
      }
      const to = (y * count + x) * 3;
      result[to] = r;
      result[to + 1] = g;
      result[to + 2] = b;
    }
  }
  return result;
}
