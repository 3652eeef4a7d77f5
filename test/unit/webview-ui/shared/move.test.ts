import { describe, expect, it } from 'vitest';
import { moveBy } from '../../../../webview-ui/shared/grid/move.js';

// 0 1 2
// 3 4 5
// 6 7
const shape = { count: 8, columns: 3, pageRows: 2 };
const from = (index: number, key: string): number | undefined => moveBy(key, index, shape);

describe('keys in a grid', () => {
  it('lead to neighbours, over the ends of rows', () => {
    expect([from(2, 'ArrowRight'), from(7, 'ArrowRight'), from(3, 'ArrowLeft'), from(0, 'ArrowLeft')]).toEqual([3, 7, 2, 0]);
  });

  it('lead up and down, and from above a gap to the last cell', () => {
    expect([from(1, 'ArrowDown'), from(5, 'ArrowDown'), from(6, 'ArrowDown'), from(4, 'ArrowUp'), from(1, 'ArrowUp')]).toEqual([4, 7, 6, 1, 1]);
  });

  it('lead by pages within the column, and to both ends of all', () => {
    expect([from(0, 'PageDown'), from(2, 'PageDown'), from(7, 'PageUp'), from(4, 'PageUp'), from(4, 'Home'), from(4, 'End')]).toEqual([6, 5, 1, 1, 0, 7]);
  });

  it('leave other keys alone', () => {
    expect(from(0, 'Tab')).toBeUndefined();
  });
});
