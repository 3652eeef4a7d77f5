import type { Graph } from '../graph/graph.js';
import { fullRank, inOrder, plain, store } from './layout.js';
import { identityOrder, sameShape, sizeOf, type Shape } from './shapes.js';
import { splat, stored, type Value } from './value.js';

/** The same elements, row-major, in another shape. Keeps the tensor's layout and its broadcasts where it can. */
export function reshape(g: Graph, value: Value, shape: Shape): Value {
  if (sameShape(value.shape, shape)) return value;
  const { content, type } = value;
  if (content.kind === 'splat') return splat(content.number, shape, type);
  if (content.kind === 'host') return { shape, type, content };
  if (content.kind === 'mask') return { shape, type, content: { kind: 'mask', condition: store(g, reshape(g, content.condition, shape)) } };
  return regrouped(g, value, shape) ?? stored(g.emit('Reshape', [plain(g, value), g.ints(shape)]), shape, type);
}

/** Axes of the old shape and the axes of the new one that hold the same elements. */
interface Group {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * Reshapes the tensor as it lies. Possible when each smallest group of axes that changes among
 * itself lies together in the tensor, and is read once (or is all broadcast).
 */
function regrouped(g: Graph, value: Value, shape: Shape): Value | undefined {
  const { content, shape: from, type } = fullRank(g, store(g, value));
  const position = content.order ?? identityOrder(from.length);
  const parts: { readonly at: number; readonly to: readonly number[]; readonly sizes: readonly number[] }[] = [];
  for (const group of groups(from, shape)) {
    const axes = group.from.filter((axis) => from[axis] !== 1);
    const places = axes.map((axis) => position[axis]!);
    const between = (a: number, b: number) => content.shape.slice(a + 1, b).every((size) => size === 1);
    if (!places.every((place, i) => i === 0 || (place > places[i - 1]! && between(places[i - 1]!, place)))) return undefined;
    const read = places.filter((place) => content.shape[place] !== 1).length;
    if (read !== 0 && read !== places.length) return undefined;
    const once = read === places.length;
    parts.push({ at: places[0] ?? from.length, to: group.to, sizes: group.to.map((axis) => (once ? shape[axis]! : 1)) });
  }
  parts.sort((a, b) => a.at - b.at);
  const order: number[] = [];
  parts.flatMap(({ to }) => to).forEach((axis, place) => (order[axis] = place));
  const physical = parts.flatMap(({ sizes }) => sizes);
  const name = sameShape(physical, content.shape) ? content.name : g.emit('Reshape', [content.name, g.ints(physical)]);
  return inOrder(name, physical, order, shape, type);
}

function groups(from: Shape, to: Shape): Group[] {
  if (sizeOf(from) === 0) return [{ from: identityOrder(from.length), to: identityOrder(to.length) }];
  const found: Group[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    const start = [i, j] as const;
    let left = from[i++] ?? 1;
    let right = to[j++] ?? 1;
    while (left !== right) {
      if (left < right) left *= from[i++]!;
      else right *= to[j++]!;
    }
    found.push({ from: range(start[0], Math.min(i, from.length)), to: range(start[1], Math.min(j, to.length)) });
  }
  return found;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, k) => start + k);
}
