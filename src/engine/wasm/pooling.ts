import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { MaxPoolGradAttrs, MaxPoolGradInputs, TensorInfo } from '@tensorflow/tfjs-core';
import { replaceKernel } from '../composed-kernel.js';
import { tf } from '../tfjs.js';

/**
 * MaxPoolGrad: the backend's own is right for 3 × 3 windows padded by 1 and wrong for 2 × 2 windows
 * without padding (it takes the padding of the forward pass for that of the backward one). No
 * kernel finds the positions of maxima, so this is a loop over the heap. Of equal values the
 * first is the maximum, as in tfjs-cpu.
 */
export function replaceMaxPoolGradient(): void {
  replaceKernel<MaxPoolGradInputs, MaxPoolGradAttrs>('wasm', 'MaxPoolGrad', () => ({ dy, input }, { filterSize, strides, pad, dimRoundingMode }, scope) => {
    const backend = scope.backend as BackendWasm;
    const pool = tf.backend_util.computePool2DInfo(input.shape as [number, number, number, number], filterSize, strides, 1, pad, dimRoundingMode);
    const dx = backend.makeOutput(input.shape, 'float32');
    // Views of the heap: valid until the next allocation.
    const [x, up, down] = [input, dy, dx].map((info: TensorInfo) => backend.typedArrayFromHeap(info)) as [Float32Array, Float32Array, Float32Array];
    const { batchSize, inHeight, inWidth, inChannels: channels, outHeight, outWidth, padInfo } = pool;
    down.fill(0);
    let output = 0;
    for (let image = 0; image < batchSize; image++) {
      for (let row = 0; row < outHeight; row++) {
        const top = row * pool.strideHeight - padInfo.top;
        const bottom = Math.min(inHeight, top + pool.filterHeight);
        for (let column = 0; column < outWidth; column++) {
          const left = column * pool.strideWidth - padInfo.left;
          const right = Math.min(inWidth, left + pool.filterWidth);
          for (let channel = 0; channel < channels; channel++, output++) {
            let largest = -Infinity;
            let at = -1;
            for (let y = Math.max(0, top); y < bottom; y++) {
              for (let i = ((image * inHeight + y) * inWidth + Math.max(0, left)) * channels + channel, end = ((image * inHeight + y) * inWidth + right) * channels; i < end; i += channels) {
                if (x[i]! > largest) {
                  largest = x[i]!;
                  at = i;
                }
              }
            }
            if (at >= 0) down[at]! += up[output]!;
          }
        }
      }
    }
    return dx;
  });
}
