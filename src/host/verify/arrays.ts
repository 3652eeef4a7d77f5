import type { HostTensor } from '../../engine/contract.js';
import type { Nested } from './golden.js';

/** A part of a golden file that does not fit the rest of it. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
}

/** A nested array as a float32 tensor. @throws Misfit where its rows differ in length. */
export function toTensor(values: Nested, path: string): HostTensor & { readonly data: Float32Array } {
  const shape: number[] = [];
  for (let inner = values; Array.isArray(inner); inner = inner[0] as Nested) shape.push(inner.length);
  const data = Float32Array.from(flat(values));
  if (isRagged(values, shape)) throw new Misfit(`${path}: its rows differ in length`);
  return { data, shape };
}

/** All numbers of a nested array, row by row. */
export function flat(values: Nested): number[] {
  return typeof values === 'number' ? [values] : (values as readonly Nested[]).flatMap(flat);
}

function isRagged(values: Nested, shape: readonly number[]): boolean {
  if (typeof values === 'number') return shape.length > 0;
  const rows = values as readonly Nested[];
  return rows.length !== shape[0] || rows.some((row) => isRagged(row, shape.slice(1)));
}
