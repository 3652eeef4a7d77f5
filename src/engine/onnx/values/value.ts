import type { ElementType } from '../graph/definition.js';

export type ValueType = 'float32' | 'int32' | 'bool';

/**
 * A tensor while it is traced. What it is says how little was emitted for it so far:
 * `splat` one number everywhere · `host` numbers known now · `mask` 0/1 of a condition ·
 * `stored` a tensor of the graph.
 */
export interface Value {
  readonly shape: readonly number[];
  readonly type: ValueType;
  readonly content:
    | { readonly kind: 'splat'; readonly number: number }
    | { readonly kind: 'host'; readonly data: ArrayLike<number> }
    | { readonly kind: 'mask'; readonly condition: StoredValue }
    | Stored;
}

/**
 * A tensor of the graph and how to read it as the value. Without `order` its axes are the last
 * axes of the value; with it, axis i of the value is axis order[i] of the tensor. Where the
 * tensor has size 1 and the value has more, it is read again and again (broadcast).
 */
export interface Stored {
  readonly kind: 'stored';
  readonly name: string;
  readonly shape: readonly number[];
  readonly order?: readonly number[];
}

export interface StoredValue extends Value {
  readonly content: Stored;
}

/** Types inside the graph: ONNX indexes with int64. */
export const elementType: Readonly<Record<ValueType, ElementType>> = { float32: 'float32', int32: 'int64', bool: 'bool' };

export function splat(number: number, shape: readonly number[], type: ValueType = 'float32'): Value {
  return { shape, type, content: { kind: 'splat', number } };
}

/** A tensor of the graph read as it lies. */
export function stored(name: string, shape: readonly number[], type: ValueType = 'float32'): StoredValue {
  return { shape, type, content: { kind: 'stored', name, shape } };
}

export function isStored(value: Value): value is StoredValue {
  return value.content.kind === 'stored';
}

/** The number a value has everywhere, if that is known. */
export function splatOf({ content }: Value): number | undefined {
  return content.kind === 'splat' ? content.number : undefined;
}
