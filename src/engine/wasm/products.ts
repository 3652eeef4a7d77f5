import type { BatchMatMulAttrs, BatchMatMulInputs, TensorInfo, UnsortedSegmentSumAttrs, UnsortedSegmentSumInputs, _FusedMatMulAttrs, _FusedMatMulInputs } from '@tensorflow/tfjs-core';
import { addKernel, replaceKernel, type KernelScope } from '../composed-kernel.js';

/**
 * The backend gives a product with a transposed factor to a plain triple loop, ten times
 * slower than to turn the factor first and give the product to XNNPACK.
 */
export function replaceProducts(): void {
  replaceKernel<BatchMatMulInputs, BatchMatMulAttrs>('wasm', 'BatchMatMul', (original) => ({ a, b }, { transposeA, transposeB }, scope) =>
    scope.call(original, { a: turned(a, transposeA, scope), b: turned(b, transposeB, scope) }, { transposeA: false, transposeB: false }),
  );
  replaceKernel<_FusedMatMulInputs, _FusedMatMulAttrs>('wasm', '_FusedMatMul', (original) => ({ a, b, ...rest }, { transposeA, transposeB, ...attributes }, scope) =>
    scope.call(original, { a: turned(a, transposeA, scope), b: turned(b, transposeB, scope), ...rest }, { ...attributes, transposeA: false, transposeB: false }),
  );
}

/** UnsortedSegmentSum, the gradient of a gather: the rows of x (N × …) summed into the segments they name. */
export function addSegmentSum(): void {
  addKernel<UnsortedSegmentSumInputs, UnsortedSegmentSumAttrs>('wasm', 'UnsortedSegmentSum', ({ x, segmentIds }, { numSegments }, scope) => {
    const indices = scope.reshape(segmentIds, [...segmentIds.shape, 1]);
    return scope.run('ScatterNd', { indices, updates: x }, { shape: [numSegments, ...x.shape.slice(segmentIds.shape.length)] });
  });
}

/** The matrices of x (… × m × n) turned to … × n × m, if the product would read them so. */
function turned(x: TensorInfo, transposed: boolean, scope: KernelScope): TensorInfo {
  if (!transposed) return x;
  const last = x.shape.length - 1;
  return scope.transpose(x, [...x.shape.keys()].map((axis) => (axis === last ? last - 1 : axis === last - 1 ? last : axis)));
}
