/** Share of ones within any rectangle of a mask in constant time, by a summed-area table. */
export class Coverage {
  private readonly sums: Float64Array;

  constructor(mask: Uint8Array, private readonly width: number, private readonly height: number) {
    const stride = width + 1;
    this.sums = new Float64Array(stride * (height + 1));
    for (let y = 0; y < height; y++) {
      let row = 0;
      for (let x = 0; x < width; x++) {
        row += mask[y * width + x];
        this.sums[(y + 1) * stride + x + 1] = this.sums[y * stride + x + 1] + row;
      }
    }
  }

  /** Share of [left, right) × [top, bottom) in mask pixels, fractions of pixels counted exactly; outside the mask is zero. */
  share(left: number, top: number, right: number, bottom: number): number {
    const covered = this.upTo(right, bottom) - this.upTo(left, bottom) - this.upTo(right, top) + this.upTo(left, top);
    return Math.min(1, Math.max(0, covered / ((right - left) * (bottom - top))));
  }

  /** Ones in [0, x) × [0, y). The sum is bilinear within a pixel, so interpolation is exact. */
  private upTo(x: number, y: number): number {
    const u = Math.min(this.width, Math.max(0, x));
    const v = Math.min(this.height, Math.max(0, y));
    const column = Math.min(this.width - 1, Math.floor(u));
    const row = Math.min(this.height - 1, Math.floor(v));
    const stride = this.width + 1;
    const at = row * stride + column;
    const fx = u - column;
    const fy = v - row;
    const upper = this.sums[at] * (1 - fx) + this.sums[at + 1] * fx;
    const lower = this.sums[at + stride] * (1 - fx) + this.sums[at + stride + 1] * fx;
    return upper * (1 - fy) + lower * fy;
  }
}
