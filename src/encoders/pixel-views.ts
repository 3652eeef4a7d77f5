import type { AugmentationOptions } from '../shared/experiment/index.js';
import { Augmenter } from './augment/index.js';
import type { PatchSource } from './contract.js';
import type { ViewSource } from './contrastive/model.js';
import { normalisations, normaliseInto } from './normalisation.js';

/** Augmented views of patches read as they are asked for, normalised as the ResNet takes them: [size, size, 3]. */
export function pixelViews(patches: PatchSource, options: AugmentationOptions): ViewSource {
  const { size, count } = patches;
  const augmenter = new Augmenter(size, options);
  const pixels = new Uint8Array(3 * size * size);
  return {
    count,
    shape: [size, size, 3],
    drawPair(index, random, target, first, second) {
      patches.read(index, pixels, 0);
      normaliseInto(augmenter.view(pixels, 0, random), normalisations.imagenet, target, first);
      normaliseInto(augmenter.view(pixels, 0, random), normalisations.imagenet, target, second);
    },
  };
}
