import type { HostTensor } from '../../engine/contract.js';
import type { Random } from '../../shared/random.js';
import type { ViewSource } from './model.js';

/** Buffers of one step: two views of each patch, the first views of all before the second ones. */
export class ViewBatch {
  readonly tensor: HostTensor;
  private readonly data: Float32Array;
  private readonly length: number;

  constructor(
    private readonly source: ViewSource,
    readonly size: number,
  ) {
    this.length = source.shape.reduce((a, b) => a * b, 1);
    this.data = new Float32Array(2 * size * this.length);
    this.tensor = { data: this.data, shape: [2 * size, ...source.shape] };
  }

  /** Draws two views of each patch of `indices` (as many as the batch has places). */
  fill(indices: ArrayLike<number>, random: Random): HostTensor {
    for (let i = 0; i < this.size; i++) {
      this.source.drawPair(indices[i], random, this.data, i * this.length, (this.size + i) * this.length);
    }
    return this.tensor;
  }
}

/** `n` different indices below `count`, in random order (Fisher–Yates that remembers only what it moved). */
export function drawIndices(count: number, n: number, random: Random): Int32Array {
  const moved = new Map<number, number>();
  return Int32Array.from({ length: Math.min(n, count) }, (_, i) => {
    const j = i + random.integer(count - i);
    const drawn = moved.get(j) ?? j;
    moved.set(j, moved.get(i) ?? i);
    return drawn;
  });
}
