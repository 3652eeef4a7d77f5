import type { Dimension } from '../../contract.js';

/** Element types that occur in our graphs. int64 is what ONNX computes indices in. */
export type ElementType = 'float32' | 'float64' | 'int32' | 'int64' | 'bool';

/** An integer, several, a string, or (marked, since JavaScript has one kind of number) a float. */
export type Attribute = number | readonly number[] | string | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

export interface GraphNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
  readonly domain: string;
}

export interface Constant {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** An input or output of the graph. */
export interface GraphPort {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly Dimension[];
}

/** A whole graph, ready to be written. */
export interface GraphDefinition {
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
  readonly constants: ReadonlyMap<string, Constant>;
}
