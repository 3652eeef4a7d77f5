import type { HostTensor } from '../../../src/engine/contract.js';
import type { Random } from '../../../src/shared/random.js';
import { tensorOf, type Bag } from './problem.js';

export interface Shift {
  readonly edge: number;
  /** px. */
  readonly reach: number;
  /** What stands where nothing was. */
  readonly dark: number;
}

/** A bag as a training step sees it: each image [edge, edge] moved by up to `reach` px each way. */
export function shifted(bag: Bag, { edge, reach, dark }: Shift, random: Random): HostTensor {
  const { data, shape } = tensorOf(bag);
  const moved = new Float32Array(data.length).fill(dark);
  for (let start = 0; start < data.length; start += edge * edge) {
    const [down, right] = [0, 0].map(() => random.integer(2 * reach + 1) - reach) as [number, number];
    for (let row = Math.max(0, down); row < Math.min(edge, edge + down); row++) {
      const from = start + (row - down) * edge;
      moved.set(data.subarray(from + Math.max(0, -right), from + edge - Math.max(0, right)), start + row * edge + Math.max(0, right));
    }
  }
  return { data: moved, shape };
}
