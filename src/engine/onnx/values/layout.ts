import type { Graph } from '../graph/graph.js';
import { elementTypes } from '../format/model.js';
import { identityOrder, inverseOrder, isIdentity, sameShape, sizeOf, withRank, type Shape } from './shapes.js';
import { elementType, isStored, splat, stored, type StoredValue, type Value } from './value.js';

/** The value as a tensor of the graph, in whatever layout is cheapest. */
export function store(g: Graph, value: Value): StoredValue {
  if (isStored(value)) return value;
  const { shape, type, content } = value;
  switch (content.kind) {
    case 'splat':
      return { shape, type, content: { kind: 'stored', name: g.constant(elementType[type], [], [content.number]), shape: [] } };
    case 'host':
      return stored(g.constant(elementType[type], shape, content.data), shape, type);
    case 'mask': {
      const name = g.emit('Cast', [content.condition.content.name], { to: elementTypes[elementType[type]] });
      return { shape, type, content: { ...content.condition.content, name } };
    }
    default:
      throw new Error(`a stored value was taken for ${(content as { kind: string }).kind}`);
  }
}

/** The name of a tensor that has the value's shape and holds every element, row-major. */
export function plain(g: Graph, value: Value): string {
  const { shape, content } = store(g, value);
  let { name, shape: physical } = content;
  if (content.order) {
    name = transposed(g, name, physical, content.order);
    physical = content.order.map((axis) => content.shape[axis]!);
  }
  return sameShape(physical, shape) ? name : g.emit('Expand', [name, g.ints(shape)]);
}

/** Axis i of the result is axis order[i] of the tensor; moving axes of size 1 moves no data. */
export function transposed(g: Graph, name: string, shape: Shape, order: Shape): string {
  if (isIdentity(order)) return name;
  const moving = order.filter((axis) => shape[axis] !== 1);
  const still = moving.every((axis, i) => i === 0 || axis > moving[i - 1]!);
  return still ? g.emit('Reshape', [name, g.ints(order.map((axis) => shape[axis]!))]) : g.emit('Transpose', [name], { perm: order });
}

/** Axis i of the result is axis order[i] of the value. Emits nothing for a tensor of full rank. */
export function permute(g: Graph, value: Value, order: Shape): Value {
  const shape = order.map((axis) => value.shape[axis]!);
  if (value.content.kind === 'splat') return { ...value, shape };
  const { type, content } = fullRank(g, store(g, value));
  const physicalOrder = order.map((axis) => content.order?.[axis] ?? axis);
  return inOrder(content.name, content.shape, physicalOrder, shape, type);
}

/** A value read from a tensor of its own rank. */
export function inOrder(name: string, physical: Shape, order: Shape, shape: Shape, type: Value['type']): StoredValue {
  return { shape, type, content: { kind: 'stored', name, shape: physical, ...(isIdentity(order) ? {} : { order }) } };
}

/** The same value from a tensor that has an axis for each of its axes. */
export function fullRank(g: Graph, value: StoredValue): StoredValue {
  const { shape, type, content } = value;
  if (content.shape.length === shape.length) return value;
  const physical = withRank(content.shape, shape.length);
  return { shape, type, content: { kind: 'stored', name: g.emit('Reshape', [content.name, g.ints(physical)]), shape: physical } };
}

/** The same elements read with a larger shape. Emits nothing but for a rank that grows on an ordered tensor. */
export function broadcast(g: Graph, value: Value, shape: Shape): Value {
  if (sameShape(value.shape, shape)) return value;
  if (value.content.kind === 'splat') return splat(value.content.number, shape, value.type);
  const { type, content } = store(g, value);
  if (!content.order) return { shape, type, content };
  if (content.order.length === shape.length) return { shape, type, content };
  const front = shape.length - content.order.length;
  const physical = withRank(content.shape, shape.length);
  const order = [...identityOrder(front), ...content.order.map((axis) => axis + front)];
  return inOrder(g.emit('Reshape', [content.name, g.ints(physical)]), physical, order, shape, type);
}

/** Tensors of several values in one common layout, ready for an elementwise node. */
export interface Aligned {
  readonly names: readonly string[];
  readonly physical: Shape;
  readonly order: Shape | undefined;
}

/** Brings values whose shapes broadcast to `shape` into the layout of the first ordered one. */
export function align(g: Graph, values: readonly Value[], shape: Shape): Aligned {
  const operands = values.map((value) => store(g, value));
  const rank = shape.length;
  const leader = operands.find(({ content }) => content.order?.length === rank && sizeOf(content.shape) > 1);
  const order = leader?.content.order;
  const parts = operands.map((operand) => (order ? follow(g, operand, order) : straighten(g, operand)));
  const physical = Array.from({ length: rank }, (_, axis) => Math.max(1, ...parts.map((part) => withRank(part.shape, rank)[axis]!)));
  return { names: parts.map(({ name }) => name), physical: trimmed(physical, parts), order };
}

/** Broadcasting aligns at the last axes: leading axes that no operand has are not there. */
function trimmed(physical: Shape, parts: readonly { readonly shape: Shape }[]): Shape {
  return physical.slice(physical.length - Math.max(...parts.map(({ shape }) => shape.length)));
}

interface Part {
  readonly name: string;
  readonly shape: Shape;
}

function straighten(g: Graph, { content: { name, shape, order } }: StoredValue): Part {
  return order ? { name: transposed(g, name, shape, order), shape: order.map((axis) => shape[axis]!) } : { name, shape };
}

function follow(g: Graph, operand: StoredValue, order: Shape): Part {
  const { content } = operand;
  if (sizeOf(content.shape) === 1 && content.shape.length <= order.length) return { name: content.name, shape: content.shape };
  if (content.order && sameShape(content.order, order)) return content;
  const straight = straighten(g, operand);
  const logical = withRank(straight.shape, order.length);
  const inverse = inverseOrder(order);
  const physical = inverse.map((axis) => logical[axis]!);
  const name = sameShape(logical, straight.shape) ? straight.name : g.emit('Reshape', [straight.name, g.ints(logical)]);
  return { name: transposed(g, name, logical, inverse), shape: physical };
}
