import type { GatherV2Attrs, OneHotAttrs, ScatterNdAttrs, UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import { elementTypes } from '../format/model.js';
import type { Graph } from '../graph/graph.js';
import { inOrder, plain } from '../values/layout.js';
import { reshape } from '../values/reshape.js';
import { normalAxis, type Shape } from '../values/shapes.js';
import { elementType, stored, type Value, type ValueType } from '../values/value.js';
import { UnmappedForm, type Kernel, type Kernels } from './kernel.js';

const gather: Kernel<GatherV2Attrs> = ({ graph }, { x, indices }, { axis, batchDims }) => {
  if (batchDims) throw new UnmappedForm('batchDims');
  const at = normalAxis(axis, x.shape.length);
  const along = (shape: Shape, axis: number) => [...shape.slice(0, axis), ...indices.shape, ...shape.slice(axis + 1)];
  const { content } = x;
  const picked = (name: string, axis: number) => graph.emit('Gather', [name, plain(graph, indices)], { axis });
  if (content.kind === 'stored' && content.order && indices.shape.length === 1) {
    const axis = content.order[at]!;
    if (content.shape[axis] === x.shape[at]) return inOrder(picked(content.name, axis), along(content.shape, axis), content.order, along(x.shape, at), x.type);
  }
  return stored(picked(plain(graph, x), at), along(x.shape, at), x.type);
};

const gatherNd: Kernel = ({ graph }, { params, indices }) => {
  const depth = indices.shape.at(-1)!;
  const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(depth)];
  return stored(graph.emit('GatherND', [plain(graph, params), plain(graph, indices)]), shape, params.type);
};

/** Updates added up where their indices say, on zeros. */
function scatter(g: Graph, indices: Value, updates: Value, shape: Shape): Value {
  const zeros = g.emit('Expand', [g.constant(elementType[updates.type], [], [0]), g.ints(shape)]);
  return stored(g.emit('ScatterND', [zeros, plain(g, indices), plain(g, updates)], { reduction: 'add' }), shape, updates.type);
}

const segmentSum: Kernel<UnsortedSegmentSumAttrs> = ({ graph }, { x, segmentIds }, { numSegments }) =>
  scatter(graph, reshape(graph, segmentIds, [...segmentIds.shape, 1]), x, [numSegments, ...x.shape.slice(1)]);

const oneHot: Kernel<OneHotAttrs> = ({ graph }, { indices }, { dtype, depth, onValue, offValue }) => {
  const type = dtype as ValueType;
  const classes = graph.emit('Range', [graph.int(0), graph.int(depth), graph.int(1)]);
  const hit = graph.emit('Equal', [plain(graph, reshape(graph, indices, [...indices.shape, 1])), classes]);
  const shape = [...indices.shape, depth];
  if (onValue === 1 && offValue === 0) return stored(graph.emit('Cast', [hit], { to: elementTypes[elementType[type]] }), shape, type);
  const [on, off] = [onValue, offValue].map((value) => graph.constant(elementType[type], [], [value])) as [string, string];
  return stored(graph.emit('Where', [hit, on, off]), shape, type);
};

export const indexingKernels: Kernels = {
  GatherV2: gather,
  GatherNd: gatherNd,
  ScatterNd: ({ graph }, { indices, updates }, { shape }: ScatterNdAttrs) => scatter(graph, indices, updates, shape),
  UnsortedSegmentSum: segmentSum,
  OneHot: oneHot,
};
