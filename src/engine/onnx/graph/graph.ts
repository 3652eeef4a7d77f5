import type { Attributes, Constant, ElementType, GraphDefinition, GraphNode, GraphPort } from './definition.js';
import { prune } from './prune.js';

/** Constants up to this many elements are shared when equal. */
const SHARED_SIZE = 64;

/**
 * A graph under construction. Equal nodes and equal small constants are made once, so kernels
 * may ask for the same thing as often as they like.
 */
export class Graph {
  private readonly nodes: GraphNode[] = [];
  private readonly inputs: GraphPort[] = [];
  private readonly constants = new Map<string, Constant>();
  private readonly nodeByKey = new Map<string, GraphNode>();
  private readonly constantByKey = new Map<string, string>();
  private readonly reshapeSource = new Map<string, string>();

  /** Appends a node and returns the name of its (first) output. */
  emit(op: string, inputs: readonly string[], attributes: Attributes = {}, domain = ''): string {
    return this.emitMany(op, inputs, 1, attributes, domain)[0]!;
  }

  emitMany(op: string, inputs: readonly string[], count: number, attributes: Attributes = {}, domain = ''): readonly string[] {
    // A reshape of a reshape is a reshape of what came before.
    const source = op === 'Reshape' ? this.reshapeSource.get(inputs[0]!) : undefined;
    const operands = source === undefined ? inputs : [source, ...inputs.slice(1)];
    const key = `${domain}${op}(${operands.join()})${JSON.stringify(attributes)}`;
    const known = this.nodeByKey.get(key);
    if (known) return known.outputs;
    const outputs = Array.from({ length: count }, (_, i) => (i ? `%${this.nodes.length}.${i}` : `%${this.nodes.length}`));
    const node = { op, inputs: operands, outputs, attributes, domain };
    this.nodes.push(node);
    this.nodeByKey.set(key, node);
    if (op === 'Reshape') this.reshapeSource.set(outputs[0]!, operands[0]!);
    return outputs;
  }

  constant(type: ElementType, shape: readonly number[], data: ArrayLike<number>): string {
    const key = data.length <= SHARED_SIZE ? `${type}[${shape.join()}]${Array.from(data, (value) => (Object.is(value, -0) ? '-0' : value)).join()}` : undefined;
    const known = key === undefined ? undefined : this.constantByKey.get(key);
    if (known !== undefined) return known;
    const name = `#${this.constants.size}`;
    this.constants.set(name, { type, shape, data });
    if (key !== undefined) this.constantByKey.set(key, name);
    return name;
  }

  /** A vector of int64: a shape, axes, bounds. */
  ints(values: readonly number[]): string {
    return this.constant('int64', [values.length], values);
  }

  /** A scalar of int64. */
  int(value: number): string {
    return this.constant('int64', [], [value]);
  }

  float(value: number): string {
    return this.constant('float32', [], [value]);
  }

  input(port: GraphPort): void {
    this.inputs.push(port);
  }

  /** The nodes that the outputs need. `source` is the tensor that comes out under the port's name. */
  finish(outputs: readonly (GraphPort & { readonly source: string })[]): GraphDefinition {
    return prune({ nodes: this.nodes, inputs: this.inputs, outputs: [], constants: this.constants }, outputs);
  }
}
