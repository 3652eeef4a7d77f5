/** A field sampled every `step` level-0 pixels and read between the samples: what varies slowly is not computed for every pixel. */
export class Grid {
  readonly columns: number;
  readonly values: Float32Array;

  /** @param size edge of the square covered, level-0 pixels. */
  constructor(
    readonly size: number,
    readonly step: number,
    valueAt: (x: number, y: number) => number,
  ) {
    this.columns = Math.ceil(size / step) + 2;
    this.values = new Float32Array(this.columns * this.columns);
    for (let row = 0, i = 0; row < this.columns; row++) {
      for (let column = 0; column < this.columns; column++) this.values[i++] = valueAt(column * step, row * step);
    }
  }

  /** The nearest sample. */
  near(x: number, y: number): number {
    const column = Math.min(this.columns - 1, Math.max(0, (x / this.step + 0.5) | 0));
    const row = Math.min(this.columns - 1, Math.max(0, (y / this.step + 0.5) | 0));
    return this.values[row * this.columns + column];
  }

  /** Bilinear; beyond the slide the value of its edge. */
  at(x: number, y: number): number {
    const limit = this.columns - 1.001;
    const u = Math.min(limit, Math.max(0, x / this.step));
    const v = Math.min(limit, Math.max(0, y / this.step));
    const column = u | 0;
    const row = v | 0;
    const i = row * this.columns + column;
    const s = u - column;
    const upper = this.values[i] + s * (this.values[i + 1] - this.values[i]);
    const j = i + this.columns;
    return upper + (v - row) * (this.values[j] + s * (this.values[j + 1] - this.values[j]) - upper);
  }
}
