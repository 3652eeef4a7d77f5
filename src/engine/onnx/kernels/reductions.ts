import type { ArgMaxAttrs, CumsumAttrs, MaxAttrs, SoftmaxAttrs, SumAttrs, TopKAttrs } from '@tensorflow/tfjs-core';
import type { Graph } from '../graph/graph.js';
import { fullRank, inOrder, plain, store } from '../values/layout.js';
import { identityOrder, normalAxes, normalAxis, type Shape } from '../values/shapes.js';
import { splat, splatOf, stored, type Value } from '../values/value.js';
import { arithmetic } from './elementwise.js';
import { UnmappedForm, type Kernel, type Kernels } from './kernel.js';

type Reduction = 'ReduceSum' | 'ReduceMean' | 'ReduceMax' | 'ReduceMin' | 'ReduceProd';

/** Reduces the tensor as it lies; axes that are only read again and again cost a factor at most. */
function reduce(g: Graph, op: Reduction, value: Value, axes: Shape, keepDims: boolean): Value {
  const shape = keepDims ? value.shape.map((size, axis) => (axes.includes(axis) ? 1 : size)) : value.shape.filter((_, axis) => !axes.includes(axis));
  const count = (counted: Shape) => counted.reduce((product, axis) => product * value.shape[axis]!, 1);
  const constant = splatOf(value);
  if (constant !== undefined && op !== 'ReduceProd') return splat(op === 'ReduceSum' ? constant * count(axes) : constant, shape, value.type);
  if (axes.length === 0) return value;

  const { content } = fullRank(g, store(g, value));
  const order = content.order ?? identityOrder(value.shape.length);
  const physicalAxes = axes.map((axis) => order[axis]!).sort((a, b) => a - b);
  const repeated = axes.filter((axis) => content.shape[order[axis]!] !== value.shape[axis]);
  if (op === 'ReduceProd' && repeated.length) throw new UnmappedForm('a product over broadcast elements');

  const kept = identityOrder(value.shape.length).filter((axis) => keepDims || !axes.includes(axis));
  const places = kept.map((axis) => order[axis]!);
  const ranks = places.slice().sort((a, b) => a - b);
  const physical = ranks.map((place) => (physicalAxes.includes(place) ? 1 : content.shape[place]!));
  const trivial = physicalAxes.every((place) => content.shape[place] === 1);
  const name = trivial ? g.emit('Reshape', [content.name, g.ints(physical)]) : g.emit(op, [content.name, g.ints(physicalAxes)], { keepdims: Number(keepDims) });
  const result = inOrder(name, physical, places.map((place) => ranks.indexOf(place)), shape, value.type);
  return op === 'ReduceSum' && repeated.length ? arithmetic(g, 'Mul', result, splat(count(repeated), [], value.type)) : result;
}

const reduction = (op: Reduction): Kernel<SumAttrs> => ({ graph }, { x }, { axis, keepDims }) => reduce(graph, op, x, normalAxes(axis, x.shape.length), keepDims);

/** Whether any (or all) is true: the largest (smallest) of 0 and 1. */
const logical = (op: 'ReduceMax' | 'ReduceMin'): Kernel<SumAttrs> => ({ graph }, { x }, { axis, keepDims }) => {
  const numbers = store(graph, { shape: x.shape, type: 'int32', content: { kind: 'mask', condition: store(graph, x) } });
  const found = store(graph, reduce(graph, op, numbers, normalAxes(axis, x.shape.length), keepDims));
  return { ...found, type: 'bool', content: { ...found.content, name: graph.emit('Greater', [found.content.name, graph.int(0)]) } };
};

const argument = (op: 'ArgMax' | 'ArgMin'): Kernel<ArgMaxAttrs> => ({ graph }, { x }, { axis }) => {
  const at = normalAxis(axis, x.shape.length);
  return stored(graph.emit(op, [plain(graph, x)], { axis: at, keepdims: 0 }), x.shape.filter((_, i) => i !== at), 'int32');
};

const topK: Kernel<TopKAttrs> = ({ graph }, { x }, { k, sorted }) => {
  const axis = x.shape.length - 1;
  const shape = [...x.shape.slice(0, axis), k];
  const [values, indices] = graph.emitMany('TopK', [plain(graph, x), graph.ints([k])], 2, { axis, sorted: Number(sorted) });
  return [stored(values!, shape, x.type), stored(indices!, shape, 'int32')];
};

export const reductionKernels: Kernels = {
  Sum: reduction('ReduceSum'),
  Mean: reduction('ReduceMean'),
  Max: (trace, inputs, { reductionIndices, keepDims }: MaxAttrs) => reduction('ReduceMax')(trace, inputs, { axis: reductionIndices, keepDims }),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  Any: logical('ReduceMax'),
  All: logical('ReduceMin'),
  ArgMax: argument('ArgMax'),
  ArgMin: argument('ArgMin'),
  TopK: topK,
  Softmax: ({ graph }, { logits }, { dim }: SoftmaxAttrs) => stored(graph.emit('Softmax', [plain(graph, logits)], { axis: normalAxis(dim, logits.shape.length) }), logits.shape),
  Cumsum: ({ graph }, { x }, { axis, exclusive, reverse }: CumsumAttrs) =>
    stored(graph.emit('CumSum', [plain(graph, x), graph.int(normalAxis(axis, x.shape.length))], { exclusive: Number(exclusive), reverse: Number(reverse) }), x.shape, x.type),
};
