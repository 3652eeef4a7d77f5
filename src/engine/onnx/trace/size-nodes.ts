import type { Dimension } from '../../contract.js';
import { elementTypes } from '../format/model.js';
import type { Attributes, Constant, ElementType, GraphNode } from '../graph/definition.js';
import type { SizeExpression } from './size-expressions.js';

/** Nodes that compute sizes of one run from the shapes of its inputs. */
export class SizeNodes {
  readonly nodes: GraphNode[] = [];
  readonly constants = new Map<string, Constant>();
  private readonly known = new Map<string, string>();

  /** @param inputShapes the shapes of the graph's inputs, by port. */
  constructor(readonly inputShapes: ReadonlyMap<string, readonly Dimension[]>) {}

  /** A vector of int64. */
  vector(expressions: readonly SizeExpression[]): string {
    const parts = expressions.map((expression) => this.integer(expression));
    return parts.length === 1 ? parts[0]! : this.emit('Concat', parts, { axis: 0 });
  }

  shapeWithOneUnknown(shape: ArrayLike<number>, unknown: number): string {
    return this.constant('int64', [shape.length], Array.from(shape, (size, axis) => (axis === unknown ? -1 : size)));
  }

  /** A single element of any type, in a shape of ones. */
  scalar(expression: SizeExpression, type: ElementType, shape: readonly number[]): string {
    const value = type === 'float32' ? this.float(expression) : this.integer(expression);
    return this.emit('Reshape', [value, this.constant('int64', [shape.length], shape)]);
  }

  /** As a vector of one int64; a whole number is never a quotient of sizes. */
  private integer(expression: SizeExpression): string {
    if (expression.kind !== 'affine') return this.times(this.product(expression.sizes), expression.factor);
    const terms = Object.entries(expression.factors).map(([name, factor]) => this.times(this.size(name), factor));
    if (expression.constant !== 0 || terms.length === 0) terms.push(this.constant('int64', [1], [expression.constant]));
    return terms.reduce((sum, term) => this.emit('Add', [sum, term]));
  }

  /** Computed in float64 and rounded once, as the constants of a trace at fixed sizes are. */
  private float(expression: SizeExpression): string {
    return this.emit('Cast', [this.double(expression)], { to: elementTypes.float32 });
  }

  private double(expression: SizeExpression): string {
    if (expression.kind === 'affine') {
      const terms = Object.entries(expression.factors).map(([name, factor]) => this.emit('Mul', [this.asDouble(this.size(name)), this.constant('float64', [1], [factor])]));
      return [...terms, this.constant('float64', [1], [expression.constant])].reduce((sum, term) => this.emit('Add', [sum, term]));
    }
    const factor = this.constant('float64', [1], [expression.factor]);
    return this.emit(expression.kind === 'product' ? 'Mul' : 'Div', [factor, this.asDouble(this.product(expression.sizes))]);
  }

  private asDouble(name: string): string {
    return this.emit('Cast', [name], { to: elementTypes.float64 });
  }

  private product(sizes: readonly string[]): string {
    return sizes.map((name) => this.size(name)).reduce((total, size) => this.emit('Mul', [total, size]));
  }

  private times(value: string, factor: number): string {
    return factor === 1 ? value : this.emit('Mul', [value, this.constant('int64', [1], [factor])]);
  }

  private size(name: string): string {
    const [port, shape] = [...this.inputShapes].find(([, dimensions]) => dimensions.includes(name))!;
    const axis = shape.indexOf(name);
    return this.emit('Shape', [port], { start: axis, end: axis + 1 });
  }

  private emit(op: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.once(`${op}(${inputs.join()})${JSON.stringify(attributes)}`, (name) => {
      this.nodes.push({ op, inputs, outputs: [name], attributes, domain: '' });
    });
  }

  private constant(type: ElementType, shape: readonly number[], data: readonly number[]): string {
    return this.once(`${type}[${shape.join()}]${data.join()}`, (name) => void this.constants.set(name, { type, shape, data }));
  }

  private once(key: string, make: (name: string) => void): string {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const name = `size${this.known.size}`;
    this.known.set(key, name);
    make(name);
    return name;
  }
}
