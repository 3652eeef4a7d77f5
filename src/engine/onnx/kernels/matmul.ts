import type { BatchMatMulAttrs } from '@tensorflow/tfjs-core';
import type { Graph } from '../graph/graph.js';
import { permute, plain } from '../values/layout.js';
import { broadcastShape, identityOrder, sameShape } from '../values/shapes.js';
import { stored, type Value } from '../values/value.js';
import type { Kernel, Kernels } from './kernel.js';

interface Operand {
  readonly name: string;
  readonly transpose: boolean;
}

/** A matrix that lies transposed is read transposed by the product itself. */
function operand(g: Graph, value: Value, transpose: boolean): Operand {
  const rank = value.shape.length;
  const swapped = [...identityOrder(rank - 2), rank - 1, rank - 2];
  const { content } = value;
  if (content.kind === 'stored' && content.order && sameShape(content.order, swapped)) return { name: plain(g, permute(g, value, swapped)), transpose: !transpose };
  return { name: plain(g, value), transpose };
}

const batchMatMul: Kernel<BatchMatMulAttrs> = ({ graph }, { a, b }, { transposeA, transposeB }) => {
  const rows = a.shape.at(transposeA ? -1 : -2)!;
  const columns = b.shape.at(transposeB ? -2 : -1)!;
  const left = operand(graph, a, transposeA);
  const right = operand(graph, b, transposeB);
  const flags = { transA: Number(left.transpose), transB: Number(right.transpose) };
  const names = [left.name, right.name];
  const shape = [...broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns];
  if (!left.transpose && !right.transpose) return stored(graph.emit('MatMul', names), shape);
  if (shape.length === 2) return stored(graph.emit('Gemm', names, flags), shape);
  return stored(graph.emit('FusedMatMul', names, flags, 'com.microsoft'), shape);
};

export const matmulKernels: Kernels = { BatchMatMul: batchMatMul };
