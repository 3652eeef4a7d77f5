import type { Dataset } from 'h5wasm/node';

/** Attributes of a dataset: texts, and numbers or several of them; whole numbers are kept as 64-bit integers, others as doubles. */
export type Attributes = Readonly<Record<string, string | number | readonly number[]>>;

/** Writes attributes so that h5py hands out what Python programs put there themselves. */
export function setAttributes(dataset: Dataset, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'string') {
      dataset.create_attribute(name, value);
      continue;
    }
    const numbers = typeof value === 'number' ? [value] : value;
    const shape = typeof value === 'number' ? [] : [numbers.length];
    if (numbers.every(Number.isSafeInteger)) dataset.create_attribute(name, BigInt64Array.from(numbers, BigInt), shape, '<q');
    else dataset.create_attribute(name, Float64Array.from(numbers), shape, '<d');
  }
}

/** A text among the attributes; undefined where there is none. */
export function textAttribute(dataset: Dataset, name: string): string | undefined {
  const value = dataset.attrs[name]?.value;
  return typeof value === 'string' ? value : undefined;
}
