import type { HostTensor } from '../../../engine/contract.js';
import type { Extras } from '../contract.js';

/** How many tokens a bag of N instances becomes, and how they fall into the groups that landmarks are means of. */
export interface SequenceSizes {
  /** ⌈√N⌉: the edge of the square the instances fill. */
  readonly side: number;
  /** Tokens a landmark. */
  readonly group: number;
}

export function sequenceSizes(instances: number, landmarks: number): SequenceSizes {
  const side = Math.ceil(Math.sqrt(instances));
  return { side, group: Math.ceil((side * side + 1) / landmarks) };
}

/**
 * Where everything lies in TransMIL's sequence of P = landmarks · group positions: nothing, the
 * class token, then the cells of the square row by row; the cells after the last instance repeat the first ones.
 *
 * `instances`, `cells` [landmarks, group]: what each position holds (0 where it holds none) ·
 * `filled`, `class` [landmarks, group]: 1 where it holds a cell, or the class token ·
 * `grid` [side, side], `first` [N], `classAt` [1]: the position of each cell, of the first cell of each
 * instance, and of the class token.
 */
export function sequenceExtras(landmarks: number): Extras {
  const grouped = [landmarks, 'group'];
  return {
    inputs: {
      instances: { shape: grouped, dtype: 'int32' },
      cells: { shape: grouped, dtype: 'int32' },
      filled: { shape: grouped },
      class: { shape: grouped },
      grid: { shape: ['side', 'side'], dtype: 'int32' },
      first: { shape: ['instances'], dtype: 'int32' },
      classAt: { shape: [1], dtype: 'int32' },
    },
    draw(instances) {
      const { side, group } = sequenceSizes(instances, landmarks);
      const [positions, cells] = [landmarks * group, side * side];
      const start = positions - cells;
      const over = (of: (cell: number) => number) => Array.from({ length: positions }, (_, position) => (position < start ? 0 : of(position - start)));
      const shape = [landmarks, group];
      const integers = (numbers: readonly number[], shape: readonly number[]): HostTensor => ({ data: Int32Array.from(numbers), shape });
      const counting = (count: number) => Array.from({ length: count }, (_, i) => start + i);
      return {
        instances: integers(over((cell) => cell % instances), shape),
        cells: integers(over((cell) => cell), shape),
        filled: { data: Float32Array.from(over(() => 1)), shape },
        class: { data: Float32Array.from({ length: positions }, (_, position) => Number(position === start - 1)), shape },
        grid: integers(counting(cells), [side, side]),
        first: integers(counting(instances), [instances]),
        classAt: integers([start - 1], [1]),
      };
    },
  };
}
