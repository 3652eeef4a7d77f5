import type { Conv2DBackpropFilterAttrs, Conv2DBackpropFilterInputs, Conv2DBackpropInputAttrs, Conv2DBackpropInputInputs } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import { addKernel, replaceKernel } from '../composed-kernel.js';

/**
 * Conv2DBackpropFilter, which the backend lacks: for each tap of the filter the product dyᵀ·x
 * of the output gradients (M × O, M = N·H'·W') and of the inputs under that tap (M × I).
 */
export function addFilterGradient(): void {
  addKernel<Conv2DBackpropFilterInputs, Conv2DBackpropFilterAttrs>('wasm', 'Conv2DBackpropFilter', ({ x, dy }, attributes, scope) => {
    const { strides, pad, dimRoundingMode, filterShape } = attributes;
    const conv = tf.backend_util.computeConv2DInfo(x.shape as Shape4, filterShape, strides, 1, pad, dimRoundingMode);
    const outputs = conv.batchSize * conv.outHeight * conv.outWidth;
    const { top, bottom, left, right } = conv.padInfo;
    const padded = scope.run('PadV2', { x }, { paddings: [[0, 0], [top, bottom], [left, right], [0, 0]], constantValue: 0 });
    const turned = scope.transpose(scope.reshape(dy, [outputs, conv.outChannels]), [1, 0]);
    const taps = [...Array(conv.filterHeight * conv.filterWidth).keys()].map((tap) => {
      const row = Math.floor(tap / conv.filterWidth);
      const column = tap % conv.filterWidth;
      const window = {
        begin: [0, row, column, 0],
        end: [conv.batchSize, row + (conv.outHeight - 1) * conv.strideHeight + 1, column + (conv.outWidth - 1) * conv.strideWidth + 1, conv.inChannels],
        strides: [1, conv.strideHeight, conv.strideWidth, 1],
        beginMask: 0,
        endMask: 0,
        ellipsisMask: 0,
        newAxisMask: 0,
        shrinkAxisMask: 0,
      };
      // One tap's inputs are as large as x: they must not pile up.
      return scope.nested((inner) => {
        const under = inner.reshape(inner.run('StridedSlice', { x: padded }, window), [outputs, conv.inChannels]);
        return inner.run('BatchMatMul', { a: turned, b: under }, { transposeA: false, transposeB: false });
      });
    });
    const stacked = scope.run('Pack', taps, { axis: 0 });
    return scope.reshape(scope.transpose(stacked, [0, 2, 1]), filterShape);
  });
}

/**
 * Conv2DBackpropInput: the backend's own is a plain loop on one thread. The same gradient is a
 * convolution (XNNPACK, all threads) of dy, spread apart by the strides, with the flipped filter.
 */
export function replaceInputGradient(): void {
  replaceKernel<Conv2DBackpropInputInputs, Conv2DBackpropInputAttrs>('wasm', 'Conv2DBackpropInput', (original) => ({ dy, filter }, attributes, scope) => {
    const { strides, pad, dimRoundingMode, inputShape } = attributes;
    const conv = tf.backend_util.computeConv2DInfo(inputShape, filter.shape as Shape4, strides, 1, pad, dimRoundingMode);
    const { batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth } = conv;
    const top = conv.filterHeight - 1 - conv.padInfo.top;
    const left = conv.filterWidth - 1 - conv.padInfo.left;
    const bottom = conv.inHeight + conv.filterHeight - 1 - top - outHeight * strideHeight;
    const right = conv.inWidth + conv.filterWidth - 1 - left - outWidth * strideWidth;
    // Where the strides leave rows or columns of the input unread, dy spread apart is too large.
    if (Math.min(top, left, bottom, right) < 0) return scope.call(original, { dy, filter }, attributes);
    const spread = (x: typeof dy, shape: number[], stride: number) =>
      stride === 1 ? x : scope.run('PadV2', { x: scope.reshape(x, shape) }, { paddings: [[0, 0], [0, stride - 1], [0, 0]], constantValue: 0 });
    const rows = spread(dy, [batchSize * outHeight, 1, outWidth * outChannels], strideHeight);
    const apart = spread(rows, [batchSize * outHeight * strideHeight * outWidth, 1, outChannels], strideWidth);
    const flipped = scope.run('Reverse', { x: filter }, { dims: [0, 1] });
    return scope.run(
      'Conv2D',
      { x: scope.reshape(apart, [batchSize, outHeight * strideHeight, outWidth * strideWidth, outChannels]), filter: scope.transpose(flipped, [0, 1, 3, 2]) },
      { strides: [1, 1], dilations: [1, 1], dataFormat: 'NHWC', pad: [[0, 0], [top, bottom], [left, right], [0, 0]] },
    );
  });
}

type Shape4 = [number, number, number, number];
