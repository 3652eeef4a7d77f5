import { HardmineError } from '../../shared/errors.js';
import type { TiffImage } from './structure.js';
import type { TiffSlide } from './tiff-family.js';

/** A TIFF image or pyramid: levels are later pages or SubIFDs of the shape of the first page. */
export function describeTiff(path: string, images: readonly TiffImage[]): TiffSlide {
  const [base] = images;
  const full = images.filter((image) => image.width === base.width && image.height === base.height && image.subfileType === 0);
  if (full.length > 1) {
    throw new HardmineError('slide-format', `This TIFF holds ${full.length} images of full size (channels, planes or frames), not one RGB slide.`, {
      place: { file: path },
      remedy: 'Export the brightfield image as a pyramidal RGB TIFF, e.g. with `vips tiffsave … --tile --pyramid`.',
    });
  }
  const levels = pyramidOf(base, images.slice(1));
  const others = images.filter((image) => !levels.includes(image) && image.subifd < 0);
  return { format: levels.length > 1 ? 'pyramidal-tiff' : 'tiff', levels, mpp: base.mpp, associated: new Map(others.map((image) => [`page ${image.page}`, image])) };
}

/** `base` and those images that show the same, ever smaller. */
export function pyramidOf(base: TiffImage, images: readonly TiffImage[]): TiffImage[] {
  const levels = [base];
  for (const image of images) if (isReduction(base, image) && image.width < levels[levels.length - 1].width) levels.push(image);
  return levels;
}

/** Whether `image` shows the same as `base`, smaller; a level's edges are rounded, so a pixel either way is allowed. */
function isReduction(base: TiffImage, image: TiffImage): boolean {
  const height = (base.height * image.width) / base.width;
  const slack = 1 + Math.max(image.width / image.height, image.height / image.width);
  return image.samples === base.samples && (image.subfileType & ~1) === 0 && image.width < base.width && Math.abs(height - image.height) <= slack;
}
