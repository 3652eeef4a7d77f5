import type { AugmentationOptions } from '../../shared/experiment/index.js';
import type { Random } from '../../shared/random.js';
import { blur } from './blur.js';
import { color } from './color.js';
import { crop } from './crop.js';
import { flip } from './flip.js';
import { createGrid, sample } from './grid.js';
import { rotate } from './rotate.js';
import { stain } from './stain.js';

/**
 * Draws augmented views of size × size patches: crop, flips, rotation, stain, colour, blur, in
 * this order. Its buffers are its own, so that a view allocates nothing.
 */
export class Augmenter {
  private readonly grid;
  private readonly image: Float32Array;
  private readonly scratch: Float32Array;

  constructor(
    readonly size: number,
    private readonly options: AugmentationOptions,
  ) {
    this.grid = createGrid(size);
    this.image = new Float32Array(3 * size * size);
    this.scratch = new Float32Array(3 * size * size);
  }

  /**
   * One view of the patch at `offset` of `pixels` (uint8 RGB interleaved, size² × 3): RGB values
   * 0–255 in the same layout, valid until the next call.
   */
  view(pixels: Uint8Array, offset: number, random: Random): Float32Array {
    const { options, grid, image, size } = this;
    crop(grid, options.crop, random);
    if (options.flip) flip(grid, random);
    if (options.rotate) rotate(grid, random);
    sample(pixels, offset, grid, image);
    if (options.stain > 0) stain(image, options.stain, random);
    if (options.color > 0) color(image, options.color, random);
    if (options.blur > 0) blur(image, size, options.blur, this.scratch, random);
    return image;
  }
}
