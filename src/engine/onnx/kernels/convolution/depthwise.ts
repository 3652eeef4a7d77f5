import type { DepthwiseConv2dNativeAttrs } from '@tensorflow/tfjs-core';
import { tf } from '../../../tfjs.js';
import { permute, plain } from '../../values/layout.js';
import { channelsFirst, fromChannelsFirst } from '../images.js';
import type { Kernel } from '../kernel.js';
import { nodeAttributes } from './geometry.js';

/** Each channel of x (N, H, W, C) under filters of its own (h, w, C, multiplier). Its gradients are composed: see `depthwise`. */
export const depthwiseConvolution: Kernel<DepthwiseConv2dNativeAttrs> = ({ graph }, { x, filter }, { strides, pad, dilations, dimRoundingMode }) => {
  const info = tf.backend_util.computeConv2DInfo(x.shape as Shape4, filter.shape as Shape4, strides, dilations ?? 1, pad, dimRoundingMode, true);
  const [height, width, channels, multiplier] = filter.shape as Shape4;
  // A channel's filters lie together, as onnx numbers its outputs.
  const byChannel = plain(graph, permute(graph, filter, [2, 3, 0, 1]));
  const torch = multiplier === 1 ? byChannel : graph.emit('Reshape', [byChannel, graph.ints([channels * multiplier, 1, height, width])]);
  const name = graph.emit('Conv', [channelsFirst(graph, x), torch], { ...nodeAttributes(info), group: channels });
  return fromChannelsFirst(name, [info.batchSize, info.outChannels, info.outHeight, info.outWidth]);
};

type Shape4 = [number, number, number, number];
