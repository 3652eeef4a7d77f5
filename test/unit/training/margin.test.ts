import { expect, it } from 'vitest';
import { marginOf } from '../../../src/training/margin.js';

it('goes from the first margin to the last in equal steps', () => {
  const margins = [1, 2, 3, 4, 5].map((epoch) => marginOf({ margin: 2, marginFrom: 0 }, { epochs: 5 }, epoch));
  expect(margins).toEqual([0, 0.5, 1, 1.5, 2]);
  expect(marginOf({ margin: 0.5, marginFrom: 2 }, { epochs: 4 }, 3)).toBe(1);
});

it('stands still where nothing says where it begins', () => {
  expect([1, 5].map((epoch) => marginOf({ margin: 2, marginFrom: null }, { epochs: 5 }, epoch))).toEqual([2, 2]);
});
