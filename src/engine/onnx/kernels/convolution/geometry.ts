import type { Conv2DAttrs } from '@tensorflow/tfjs-core';
import { tf } from '../../../tfjs.js';
import { UnmappedForm } from '../kernel.js';

export type Geometry = ReturnType<typeof tf.backend_util.computeConv2DInfo>;
type Shape4 = [number, number, number, number];

interface ConvolutionAttributes extends Pick<Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'> {
  readonly dilations?: Conv2DAttrs['dilations'];
}

/** Sizes of a convolution of an image (N, H, W, in) with tfjs's filter (H, W, in, out). @throws UnmappedForm */
export function geometry(x: readonly number[], filter: readonly number[], attributes: ConvolutionAttributes): Geometry {
  if (attributes.dataFormat === 'NCHW') throw new UnmappedForm('the NCHW data format');
  return tf.backend_util.computeConv2DInfo(x as Shape4, filter as Shape4, attributes.strides, attributes.dilations ?? 1, attributes.pad, attributes.dimRoundingMode, false, 'channelsLast');
}

/** The attributes of ONNX's Conv. */
export function nodeAttributes(info: Geometry) {
  return {
    kernel_shape: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    pads: [info.padInfo.top, info.padInfo.left, info.padInfo.bottom, info.padInfo.right],
  };
}

export function strided({ strideHeight, strideWidth }: Geometry): boolean {
  return strideHeight > 1 || strideWidth > 1;
}

/** Of the convolution with the filter turned by 180°, which takes gradients of the output to those of the input. */
export function turnedPads({ filterHeight, filterWidth, padInfo: pad }: Geometry): number[] {
  return [filterHeight - 1 - pad.top, filterWidth - 1 - pad.left, filterHeight - 1 - pad.bottom, filterWidth - 1 - pad.right];
}
