import { architecture } from '../../encoders/resnet/architecture.js';
import type { ResnetOptions } from '../../shared/experiment/index.js';

/** What one patch costs on its way through a network. */
export interface NetworkCost {
  /** Floating-point operations of inference, two for a multiplication with its addition. */
  readonly flops: number;
  /** Numbers the convolutions put out, which training keeps for the way back. */
  readonly activations: number;
  readonly parameters: number;
  readonly featureSize: number;
}

/** The convolutions of a ResNet, counted; everything else is small beside them. */
export function resnetCost(options: Pick<ResnetOptions, 'depth' | 'width' | 'projection'>, patchSize: number): NetworkCost {
  const { stem, pooled, blocks, featureSize, projection } = architecture(options, patchSize);
  const sum = { flops: 0, activations: 0, parameters: featureSize * projection };
  let edge = patchSize;
  const convolution = (from: number, to: number, kernel: number, outEdge: number): void => {
    const weights = from * to * kernel * kernel;
    sum.flops += 2 * weights * outEdge * outEdge;
    sum.activations += to * outEdge * outEdge;
    sum.parameters += weights;
  };
  edge = Math.ceil(edge / stem.stride);
  convolution(3, stem.channels, 7, edge);
  if (pooled) edge = Math.ceil(edge / 2);
  for (const { from, to, stride, projected } of blocks) {
    edge = Math.ceil(edge / stride);
    convolution(from, to, 3, edge);
    convolution(to, to, 3, edge);
    if (projected) convolution(from, to, 1, edge);
  }
  return { ...sum, featureSize };
}
