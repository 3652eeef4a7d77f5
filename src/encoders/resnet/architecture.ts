import type { ResnetOptions } from '../../shared/experiment/index.js';

/** Smallest edge of the last maps: instance norm needs values to go by, and makes a single one zero. */
const smallestMap = 4;

/** One basic block: two 3×3 convolutions and a shortcut, projected where the shape changes. */
export interface Block {
  /** e.g. `layer2.0`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly stride: number;
  readonly projected: boolean;
}

/** A ResNet of basic blocks. */
export interface Architecture {
  readonly patchSize: number;
  /** The 7×7 convolution. */
  readonly stem: { readonly channels: number; readonly stride: number };
  /** Whether the 3×3/2 max-pool follows the stem. */
  readonly pooled: boolean;
  readonly blocks: readonly Block[];
  readonly featureSize: number;
  readonly projection: number;
}

/**
 * ResNet-10 ([1, 1, 1, 1] basic blocks) or ResNet-18 ([2, 2, 2, 2]; He et al. 2016) with
 * channels multiplied by `width`, rounded to multiples of 8. From 128 px on it halves its maps five times, as
 * torchvision's does; below, as often as leaves 4×4 pixels: 64 px go without the max-pool, 32
 * px with a stem of stride 1 besides, and so on. Names and shapes of the weights stay the same.
 */
export function architecture({ depth, width, projection }: Pick<ResnetOptions, 'depth' | 'width' | 'projection'>, patchSize: number): Architecture {
  const channels = [1, 2, 4, 8].map((factor) => Math.max(8, Math.round(8 * width) * 8 * factor));
  const perLayer = depth === 18 ? 2 : 1;
  const halvings = Math.floor(Math.log2(patchSize / smallestMap));
  /** Of a place that would be the nth to halve, counted from the end. */
  const stride = (fromTheEnd: number) => (halvings >= fromTheEnd ? 2 : 1);
  const blocks = channels.flatMap((to, layer) =>
    Array.from({ length: perLayer }, (_, index): Block => {
      const entering = index === 0 && layer > 0;
      return { name: `layer${layer + 1}.${index}`, from: entering ? channels[layer - 1] : to, to, stride: entering ? stride(4 - layer) : 1, projected: entering };
    }),
  );
  return { patchSize, stem: { channels: channels[0], stride: stride(4) }, pooled: stride(5) === 2, blocks, featureSize: channels[3], projection };
}

/** Names (torchvision's) and shapes (torch's: OIHW) of the parameters of the backbone. */
export function backboneShapes({ stem, blocks }: Architecture): Record<string, readonly number[]> {
  const shapes: Record<string, readonly number[]> = {};
  const convolution = (name: string, to: number, from: number, size: number) => (shapes[`${name}.weight`] = [to, from, size, size]);
  const norm = (name: string, channels: number) => {
    shapes[`${name}.weight`] = [channels];
    shapes[`${name}.bias`] = [channels];
  };
  convolution('conv1', stem.channels, 3, 7);
  norm('bn1', stem.channels);
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
