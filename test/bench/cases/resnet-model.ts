import type { Architecture } from '../../../src/encoders/resnet/architecture.js';
import type { ParameterValues } from '../../../src/engine/contract.js';
import { encodeModel } from '../../../src/engine/onnx/format/model.js';
import type { Attributes, Constant, GraphNode } from '../../../src/engine/onnx/graph/definition.js';

/**
 * An ONNX file as torch would export it: a ResNet with batch norm in evaluation, running means 0
 * and variances 1. Input `images` [N, H, W, 3], output `features` [N, featureSize].
 */
export function resnetModel({ stem, pooled, blocks, featureSize }: Architecture, weights: ParameterValues, shape: readonly number[]): Uint8Array {
  const nodes: GraphNode[] = [];
  const constants = new Map<string, Constant>(Object.entries(weights).map(([name, { shape: of, data }]) => [name, { type: 'float32', shape: of, data }]));
  const add = (op: string, inputs: readonly string[], attributes: Attributes = {}, output = `${op}_${nodes.length}`) => {
    nodes.push({ op, inputs, outputs: [output], attributes, domain: '' });
    return output;
  };
  const statistics = (channels: number) =>
    [0, 1].map((value) => {
      const name = `${value === 0 ? 'mean' : 'variance'}_${channels}`;
      constants.set(name, { type: 'float32', shape: [channels], data: new Float32Array(channels).fill(value) });
      return name;
    });
  const convolve = (x: string, name: string, norm: string, stride: number) => {
    const [channels, , kernel] = weights[`${name}.weight`]!.shape as [number, number, number];
    const pad = Math.floor(kernel / 2);
    const y = add('Conv', [x, `${name}.weight`], { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: [pad, pad, pad, pad] });
    return add('BatchNormalization', [y, `${norm}.weight`, `${norm}.bias`, ...statistics(channels)], { epsilon: { float: 1e-5 } });
  };

  let map = add('Transpose', ['images'], { perm: [0, 3, 1, 2] });
  map = add('Relu', [convolve(map, 'conv1', 'bn1', stem.stride)]);
  if (pooled) map = add('MaxPool', [map], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
  for (const { name, stride, projected } of blocks) {
    const inner = add('Relu', [convolve(map, `${name}.conv1`, `${name}.bn1`, stride)]);
    const residual = convolve(inner, `${name}.conv2`, `${name}.bn2`, 1);
    map = add('Relu', [add('Add', [residual, projected ? convolve(map, `${name}.downsample.0`, `${name}.downsample.1`, stride) : map])]);
  }
  add('Flatten', [add('GlobalAveragePool', [map])], {}, 'features');
  return encodeModel({ nodes, inputs: [{ name: 'images', type: 'float32', shape }], outputs: [{ name: 'features', type: 'float32', shape: [shape[0]!, featureSize] }], constants }, 'resnet');
}
