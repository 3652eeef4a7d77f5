import type { ConcatAttrs, ExpandDimsAttrs, FillAttrs, PackAttrs, PadV2Attrs, RangeAttrs, ReshapeAttrs, ReverseAttrs, SliceAttrs, SplitVAttrs, StridedSliceAttrs, Tensor, TensorInfo, TileAttrs, TransposeAttrs, UnpackAttrs } from '@tensorflow/tfjs-core';
import { tf } from '../../tfjs.js';
import type { Graph } from '../graph/graph.js';
import { broadcast, permute, plain } from '../values/layout.js';
import { reshape } from '../values/reshape.js';
import { identityOrder, normalAxes, normalAxis, sizeOf, type Shape } from '../values/shapes.js';
import { elementType, splat, stored, type Value, type ValueType } from '../values/value.js';
import { BEFORE_START, type Kernel, type Kernels } from './kernel.js';

const expandDims: Kernel<ExpandDimsAttrs> = ({ graph }, { input }, { dim }) => {
  const shape = input.shape.slice();
  shape.splice(normalAxis(dim, shape.length + 1), 0, 1);
  return reshape(graph, input, shape);
};

const tile: Kernel<TileAttrs> = ({ graph }, { x }, { reps }) => {
  const shape = x.shape.map((size, axis) => size * reps[axis]!);
  if (x.shape.every((size, axis) => size === 1 || reps[axis] === 1)) return broadcast(graph, x, shape);
  return stored(graph.emit('Tile', [plain(graph, x), graph.ints(reps)]), shape, x.type);
};

/** Elements from begin (inclusive) to end (exclusive) along some axes. */
function sliced(g: Graph, x: Value, shape: Shape, axes: Shape, begin: Shape, end: Shape, strides: Shape = axes.map(() => 1)): Value {
  return stored(g.emit('Slice', [plain(g, x), g.ints(begin), g.ints(end), g.ints(axes), g.ints(strides)]), shape, x.type);
}

const slice: Kernel<SliceAttrs> = ({ graph }, { x }, { begin: givenBegin, size: givenSize }) => {
  const [begin, size] = tf.slice_util.parseSliceParams(x as unknown as TensorInfo, givenBegin, givenSize);
  const axes = identityOrder(x.shape.length).filter((axis) => begin[axis] !== 0 || size[axis] !== x.shape[axis]);
  if (axes.length === 0) return x;
  return sliced(graph, x, size, axes, axes.map((axis) => begin[axis]!), axes.map((axis) => begin[axis]! + size[axis]!));
};

const stridedSlice: Kernel<StridedSliceAttrs> = ({ graph }, { x }, attributes) => {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
  const info = tf.slice_util.sliceInfo(x.shape.slice(), begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask);
  const axes = identityOrder(x.shape.length);
  const ends = info.end.map((stop) => (stop < 0 ? BEFORE_START : stop));
  return reshape(graph, sliced(graph, x, info.finalShapeSparse, axes, info.begin, ends, info.strides), info.finalShape);
};

const reverse: Kernel<ReverseAttrs> = ({ graph }, { x }, { dims }) => {
  const axes = normalAxes(dims, x.shape.length);
  return sliced(graph, x, x.shape, axes, axes.map(() => -1), axes.map(() => BEFORE_START), axes.map(() => -1));
};

function joined(g: Graph, values: readonly Value[], axis: number): Value {
  const [first] = values as [Value, ...Value[]];
  const shape = first.shape.map((size, i) => (i === axis ? values.reduce((total, value) => total + value.shape[axis]!, 0) : size));
  return stored(g.emit('Concat', values.map((value) => plain(g, value)), { axis }), shape, first.type);
}

const concat: Kernel<ConcatAttrs> = ({ graph }, inputs, { axis }) => {
  const values = Object.values(inputs).filter(({ shape }) => sizeOf(shape) > 0);
  return values.length === 1 ? values[0]! : joined(graph, values, normalAxis(axis, values[0]!.shape.length));
};

const pack: Kernel<PackAttrs> = ({ graph }, inputs, { axis }) => {
  const values = Object.values(inputs);
  const at = normalAxis(axis, values[0]!.shape.length + 1);
  return joined(graph, values.map((value) => reshape(graph, value, [...value.shape.slice(0, at), 1, ...value.shape.slice(at)])), at);
};

function parts(g: Graph, x: Value, axis: number, sizes: Shape): Value[] {
  const names = g.emitMany('Split', [plain(g, x), g.ints(sizes)], sizes.length, { axis });
  return names.map((name, part) => stored(name, x.shape.map((size, i) => (i === axis ? sizes[part]! : size)), x.type));
}

const split: Kernel<SplitVAttrs> = ({ graph }, { x }, { numOrSizeSplits, axis }) => {
  const at = normalAxis(axis, x.shape.length);
  return parts(graph, x, at, tf.backend_util.prepareSplitSize(x as unknown as Tensor, numOrSizeSplits, at));
};

const unpack: Kernel<UnpackAttrs> = ({ graph }, { value }, { axis }) => {
  const at = normalAxis(axis, value.shape.length);
  const ones = Array.from({ length: value.shape[at]! }, () => 1);
  return parts(graph, value, at, ones).map((part) => reshape(graph, part, part.shape.filter((_, i) => i !== at)));
};

const pad: Kernel<PadV2Attrs> = ({ graph }, { x }, { paddings, constantValue }) => {
  const shape = x.shape.map((size, axis) => paddings[axis]![0] + size + paddings[axis]![1]);
  const amounts = graph.ints([...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]);
  return stored(graph.emit('Pad', [plain(graph, x), amounts, graph.constant(elementType[x.type], [], [constantValue])]), shape, x.type);
};

const range: Kernel<RangeAttrs> = ({ graph }, _inputs, { start, stop, step, dtype }) => {
  const type = dtype as ValueType;
  const bounds = [start, stop, step].map((bound) => graph.constant(elementType[type], [], [bound]));
  return stored(graph.emit('Range', bounds), [Math.max(0, Math.ceil((stop - start) / step))], type);
};

export const shapeKernels: Kernels = {
  Identity: (_trace, { x }) => x,
  Reshape: ({ graph }, { x }, { shape }: ReshapeAttrs) => reshape(graph, x, tf.util.inferFromImplicitShape(shape, sizeOf(x.shape))),
  ExpandDims: expandDims,
  Transpose: ({ graph }, { x }, { perm }: TransposeAttrs) => permute(graph, x, perm),
  Tile: tile,
  Slice: slice,
  StridedSlice: stridedSlice,
  Reverse: reverse,
  Concat: concat,
  Pack: pack,
  SplitV: split,
  Unpack: unpack,
  PadV2: pad,
  Range: range,
  Fill: (_trace, _inputs, { shape, value, dtype }: FillAttrs) => splat(Number(value), shape, (dtype ?? 'float32') as ValueType),
  ZerosLike: (_trace, { x }) => splat(0, x.shape, x.type),
  OnesLike: (_trace, { x }) => splat(1, x.shape, x.type),
};
