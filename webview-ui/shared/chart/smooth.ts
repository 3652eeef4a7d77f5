import { NumberTable } from '../../../src/shared/run/columns.js';
import type { Curve } from './curve.js';
import { Extrema } from './extrema.js';

/**
 * A curve smoothed by an exponential moving average that starts anew with each segment. Divided by the
 * weight gathered so far, so that the first values are not drawn towards zero.
 */
export class SmoothedCurve implements Curve {
  private readonly smoothed = new NumberTable(['y']);
  private readonly blocks = new Extrema();
  private sum = 0;
  private weights = 0;

  /** @param past weight of what went before, 0 to below 1. */
  constructor(
    private readonly source: Curve,
    private readonly past: number,
  ) {}

  get x(): Float64Array {
    return this.source.x;
  }

  get segment(): Float64Array | undefined {
    return this.source.segment;
  }

  get y(): Float64Array {
    const { y, segment } = this.source;
    for (let at = this.smoothed.rows; at < y.length; at++) {
      if (at > 0 && segment && segment[at] !== segment[at - 1]) this.sum = this.weights = 0;
      this.smoothed.push([Number.isNaN(y[at]!) ? NaN : this.next(y[at]!)]);
    }
    return this.smoothed.column('y');
  }

  get extrema(): Extrema {
    this.blocks.extend(this.y);
    return this.blocks;
  }

  private next(value: number): number {
    this.sum = this.past * this.sum + (1 - this.past) * value;
    this.weights = this.past * this.weights + (1 - this.past);
    return this.sum / this.weights;
  }
}
