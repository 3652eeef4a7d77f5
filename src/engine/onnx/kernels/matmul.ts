import type { BatchMatMulAttrs } from '@tensorflow/tfjs-core';
import type { Graph } from '../graph/graph.js';
import { inOrder, permute, plain } from '../values/layout.js';
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

/** Fewer columns than this fill no row of the runtime's product: those of a score or a logit. */
const THIN = 8;

/** A·B of matrices, or of stacks of them. */
function product(g: Graph, a: Operand, b: Operand, rank: number): string {
  const names = [a.name, b.name];
  const flags = { transA: Number(a.transpose), transB: Number(b.transpose) };
  // Never MatMul for matrices: where the runtime knows the sizes it adds what follows into it, which rounds differently.
  if (rank === 2) return g.emit('Gemm', names, flags);
  return a.transpose || b.transpose ? g.emit('FusedMatMul', names, flags, 'com.microsoft') : g.emit('MatMul', names);
}

const turned = ({ name, transpose }: Operand): Operand => ({ name, transpose: !transpose });

const batchMatMul: Kernel<BatchMatMulAttrs> = ({ graph, namedSizes }, { a, b }, { transposeA, transposeB }) => {
  const rows = a.shape.at(transposeA ? -1 : -2)!;
  const columns = b.shape.at(transposeB ? -2 : -1)!;
  const left = operand(graph, a, transposeA);
  const right = operand(graph, b, transposeB);
  const shape = [...broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns];
  const rank = shape.length;
  // A named size is the length of a bag: taken for longer than every layer is wide.
  const length = (size: number) => (namedSizes.has(size) ? Infinity : size);
  // A tall product is a quarter faster as (Bᵀ·Aᵀ)ᵀ, and so are the gradients that read it turned.
  const tall = rank === 2 && length(rows) > length(columns) && columns >= THIN;
  return tall ? inOrder(product(graph, turned(right), turned(left), rank), [columns, rows], [1, 0], shape, 'float32') : stored(product(graph, left, right, rank), shape);
};

export const matmulKernels: Kernels = { BatchMatMul: batchMatMul };
