import type { ResnetOptions } from '../../shared/experiment/index.js';

/** From this patch size on, the stem halves twice (as ImageNet's does); below, max-pooling would leave maps too small to normalise. */
const poolFrom = 128;

/** One basic block: two 3×3 convolutions and a shortcut, projected where the shape changes. */
export interface Block {
  /** e.g. `layer2.0`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly stride: 1 | 2;
  readonly projected: boolean;
}

/** A ResNet of basic blocks. */
export interface Architecture {
  readonly patchSize: number;
  /** Channels of the stem. */
  readonly stem: number;
  /** Whether the 3×3/2 max-pool follows the stem. */
  readonly pooled: boolean;
  readonly blocks: readonly Block[];
  readonly featureSize: number;
  readonly projection: number;
}

/**
 * ResNet-10 ([1, 1, 1, 1] basic blocks) or ResNet-18 ([2, 2, 2, 2]; He et al. 2016) with
 * channels multiplied by `width`, rounded to multiples of 8. The stem is torchvision's 7×7/2
 * at every size, so its weights always fit; its max-pool is left out below 128 px: a 64-px
 * patch then ends in 4×4 maps as a 128-px one does, and instance norm has 16 values to go by.
 */
export function architecture({ depth, width, projection }: Pick<ResnetOptions, 'depth' | 'width' | 'projection'>, patchSize: number): Architecture {
  const channels = [1, 2, 4, 8].map((factor) => Math.max(8, Math.round(8 * width) * 8 * factor));
  const perLayer = depth === 18 ? 2 : 1;
  const blocks = channels.flatMap((to, layer) =>
    Array.from({ length: perLayer }, (_, index): Block => {
      const from = index > 0 || layer === 0 ? to : channels[layer - 1];
      const stride = index === 0 && layer > 0 ? 2 : 1;
      return { name: `layer${layer + 1}.${index}`, from, to, stride, projected: stride === 2 };
    }),
  );
  return { patchSize, stem: channels[0], pooled: patchSize >= poolFrom, blocks, featureSize: channels[3], projection };
}

/** Names (torchvision's) and shapes (torch's: OIHW) of the parameters of the backbone. */
export function backboneShapes({ stem, blocks }: Architecture): Record<string, readonly number[]> {
  const shapes: Record<string, readonly number[]> = {};
  const convolution = (name: string, to: number, from: number, size: number) => (shapes[`${name}.weight`] = [to, from, size, size]);
  const norm = (name: string, channels: number) => {
    shapes[`${name}.weight`] = [channels];
    shapes[`${name}.bias`] = [channels];
  };
  convolution('conv1', stem, 3, 7);
  norm('bn1', stem);
  for (const { name, from, to, projected } of blocks) {
    convolution(`${name}.conv1`, to, from, 3);
    norm(`${name}.bn1`, to);
    convolution(`${name}.conv2`, to, to, 3);
    norm(`${name}.bn2`, to);
    if (!projected) continue;
    convolution(`${name}.downsample.0`, to, from, 1);
    norm(`${name}.downsample.1`, to);
  }
  return shapes;
}
