import { describe, expect, it } from 'vitest';
import { minimalAxis, outerProduct, type Matrix } from '../../../../../../src/engine/onnx/kernels/convolution/minimal-axis.js';

const filter = [2, -3, 5];
const pixels = (size: number) => Array.from({ length: size }, (_, i) => ((i * 7) % 11) - 4);
const times = ({ shape: [rows, columns], data }: Matrix, vector: readonly number[]) => Array.from({ length: rows }, (_, row) => vector.reduce((sum, value, i) => sum + data[row * columns + i]! * value, 0));
const transposed = ({ shape: [rows, columns], data }: Matrix): Matrix => ({ shape: [columns, rows], data: Float32Array.from({ length: data.length }, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!) });

describe('minimal filtering along an axis', () => {
  for (const stride of [1, 2]) {
    for (const [input, output, before] of [[8, 8 / stride, 1], [7, Math.ceil(7 / stride), 1], [9, Math.floor((9 - 3) / stride) + 1, 0], [1, 1, 1], [4, Math.floor((4 + 4 - 3) / stride) + 1, 2]] as const) {
      it(`is the convolution: stride ${stride}, ${input} to ${output} pixels, ${before} zeros before`, () => {
        const { fromInput, fromFilter, toOutput, products, tiles } = minimalAxis({ taps: 3, stride, input, output, before })!;
        expect([fromInput.shape, toOutput.shape, fromFilter.shape]).toEqual([[products * tiles, input], [products * tiles, output], [products, 3]]);
        const image = pixels(input);
        const factors = times(fromFilter, filter);
        const multiplied = times(fromInput, image).map((value, row) => value * factors[Math.floor(row / tiles)]!);
        const direct = Array.from({ length: output }, (_, i) => filter.reduce((sum, tap, k) => sum + tap * (image[i * stride - before + k] ?? 0), 0));
        expect(times(transposed(toOutput), multiplied)).toEqual(direct);
      });
    }
  }
  it('takes fewer products than taps', () => {
    expect([1, 2].map((stride) => minimalAxis({ taps: 3, stride, input: 8, output: 8 / stride, before: 1 })!.products)).toEqual([4, 5]);
  });
  it('has nothing for other filters and strides', () => {
    expect(minimalAxis({ taps: 5, stride: 1, input: 8, output: 8, before: 2 })).toBeUndefined();
    expect(minimalAxis({ taps: 3, stride: 3, input: 9, output: 3, before: 1 })).toBeUndefined();
  });
});

it('lays the outer product out as filters lie: rows by width then height, columns by height then width', () => {
  const width: Matrix = { shape: [1, 2], data: Float32Array.of(2, 3) };
  const height: Matrix = { shape: [2, 3], data: Float32Array.of(1, 10, 100, 4, 5, 6) };
  expect(outerProduct(width, height)).toEqual({ shape: [2, 6], data: Float32Array.of(2, 3, 20, 30, 200, 300, 8, 12, 10, 15, 12, 18) });
});
