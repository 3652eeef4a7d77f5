import type { CastAttrs, ClipByValueAttrs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs-core';
import { elementTypes } from '../format/model.js';
import type { Attributes } from '../graph/definition.js';
import type { Graph } from '../graph/graph.js';
import { align, broadcast, store } from '../values/layout.js';
import { broadcastShape } from '../values/shapes.js';
import { elementType, splat, splatOf, type StoredValue, type Value, type ValueType } from '../values/value.js';
import type { Kernel, Kernels } from './kernel.js';

/** One node over values of broadcastable shapes. */
export function elementwise(g: Graph, op: string, values: readonly Value[], type: ValueType, attributes: Attributes = {}): StoredValue {
  const shape = broadcastShape(...values.map((value) => value.shape));
  const { names, physical, order } = align(g, values, shape);
  return { shape, type, content: { kind: 'stored', name: g.emit(op, names, attributes), shape: physical, ...(order ? { order } : {}) } };
}

const number = (value: number) => splat(value, []);

type Arithmetic = 'Add' | 'Sub' | 'Mul' | 'Div';

const folds: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
};

/** a op b, without a node where one side is a number that makes it trivial. */
export function arithmetic(g: Graph, op: Arithmetic, a: Value, b: Value): Value {
  const shape = broadcastShape(a.shape, b.shape);
  const [left, right] = [splatOf(a), splatOf(b)];
  if (a.type === 'float32') {
    if (left !== undefined && right !== undefined) return splat(folds[op](left, right), shape);
    if (right === (op === 'Mul' || op === 'Div' ? 1 : 0)) return broadcast(g, a, shape);
    if ((op === 'Mul' && left === 1) || (op === 'Add' && left === 0)) return broadcast(g, b, shape);
  }
  return elementwise(g, op, [a, b], a.type);
}

const binary = (op: Arithmetic): Kernel => ({ graph }, { a, b }) => arithmetic(graph, op, a, b);
const plainBinary = (op: string): Kernel => ({ graph }, { a, b }) => elementwise(graph, op, [a, b], a.type);
const comparison = (op: string): Kernel => ({ graph }, { a, b }) => elementwise(graph, op, [a, b], 'bool');
const unary = (op: string): Kernel => ({ graph }, { x }) => elementwise(graph, op, [x], x.type);

const sum: Kernel = ({ graph }, inputs) => Object.values(inputs).reduce((total, value) => arithmetic(graph, 'Add', total, value));

const relu: Kernel = ({ graph, rectified }, { x }) => {
  const input = store(graph, x);
  const output = elementwise(graph, 'Relu', [input], x.type);
  rectified.set(input.content.name, output);
  return output;
};

/** 1 where x > 0, else alpha. */
const step: Kernel<StepAttrs> = ({ graph, rectified }, { x }, { alpha }) => {
  const input = store(graph, x);
  // Asking the ReLU's output instead lets its input be freed, or overwritten.
  const positive = elementwise(graph, 'Greater', [rectified.get(input.content.name) ?? input, number(0)], 'bool');
  if (alpha) return elementwise(graph, 'Where', [positive, number(1), number(alpha)], 'float32');
  return { shape: x.shape, type: 'float32', content: { kind: 'mask', condition: positive } };
};

const cast: Kernel<CastAttrs> = ({ graph }, { x }, { dtype }) => {
  const type = dtype as ValueType;
  const constant = splatOf(x);
  if (x.type === type) return x;
  if (constant !== undefined) return splat(type === 'bool' ? Number(constant !== 0) : Math.trunc(constant), x.shape, type);
  if (x.type === 'bool') return { shape: x.shape, type, content: { kind: 'mask', condition: store(graph, x) } };
  return elementwise(graph, 'Cast', [x], type, { to: elementTypes[elementType[type]] });
};

export const elementwiseKernels: Kernels = {
  Add: binary('Add'),
  AddN: sum,
  Sub: binary('Sub'),
  Multiply: binary('Mul'),
  RealDiv: binary('Div'),
  Pow: plainBinary('Pow'),
  Maximum: plainBinary('Max'),
  Minimum: plainBinary('Min'),
  SquaredDifference: ({ graph }, { a, b }) => {
    const difference = arithmetic(graph, 'Sub', a, b);
    return elementwise(graph, 'Mul', [difference, difference], a.type);
  },
  Equal: comparison('Equal'),
  NotEqual: ({ graph }, { a, b }) => elementwise(graph, 'Not', [elementwise(graph, 'Equal', [a, b], 'bool')], 'bool'),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  LogicalAnd: comparison('And'),
  LogicalOr: comparison('Or'),
  LogicalNot: unary('Not'),
  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Sign: unary('Sign'),
  Exp: unary('Exp'),
  Log: unary('Log'),
  Log1p: ({ graph }, { x }) => elementwise(graph, 'Log', [elementwise(graph, 'Add', [x, number(1)], x.type)], x.type),
  Sqrt: unary('Sqrt'),
  Rsqrt: ({ graph }, { x }) => elementwise(graph, 'Reciprocal', [elementwise(graph, 'Sqrt', [x], x.type)], x.type),
  Square: ({ graph }, { x }) => elementwise(graph, 'Mul', [x, x], x.type),
  Reciprocal: unary('Reciprocal'),
  Floor: unary('Floor'),
  Ceil: unary('Ceil'),
  Round: unary('Round'),
  Sin: unary('Sin'),
  Cos: unary('Cos'),
  Erf: unary('Erf'),
  Sigmoid: unary('Sigmoid'),
  Tanh: unary('Tanh'),
  Softplus: unary('Softplus'),
  Relu: relu,
  Relu6: ({ graph }, { x }) => elementwise(graph, 'Clip', [x, number(0), number(6)], x.type),
  LeakyRelu: ({ graph }, { x }, { alpha }: LeakyReluAttrs) => elementwise(graph, 'LeakyRelu', [x], x.type, { alpha: { float: alpha } }),
  Elu: unary('Elu'),
  // eˣ − 1 = y below zero, so the slope there is y + 1.
  EluGrad: ({ graph }, { dy, y }) => arithmetic(graph, 'Mul', dy, arithmetic(graph, 'Add', elementwise(graph, 'Min', [y, number(0)], 'float32'), number(1))),
  Step: step,
  ClipByValue: ({ graph }, { x }, { clipValueMin, clipValueMax }: ClipByValueAttrs) =>
    elementwise(graph, 'Min', [elementwise(graph, 'Max', [x, splat(clipValueMin, [], x.type)], x.type), splat(clipValueMax, [], x.type)], x.type),
  Select: ({ graph }, { condition, t, e }) => elementwise(graph, 'Where', [condition, t, e], t.type),
  Cast: cast,
};
