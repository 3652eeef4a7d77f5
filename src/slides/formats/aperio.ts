import type { Slide } from '../contract.js';
import { SharpPixels } from '../pixels/sharp.js';
import { PyramidSlide } from '../pyramid.js';
import { plausibleMpp, type TiffImage } from './structure.js';

/** Aperio software signs every image of its files. */
export function isAperio(images: readonly TiffImage[]): boolean {
  return images[0].description.startsWith('Aperio');
}

/**
 * Aperio SVS: tiled images are levels, largest first. The second image is a thumbnail in strips;
 * label and macro stand last, in strips too, and are named on the second line of their description.
 */
export function openAperio(path: string, images: readonly TiffImage[]): Slide {
  const levels = images.filter(isLevel);
  const properties = aperioProperties(images[0].description);
  const mpp = Number(properties.get('MPP'));
  const power = Number(properties.get('AppMag'));
  const description = {
    path,
    format: 'aperio-svs',
    vendor: 'Aperio',
    levels,
    mpp: plausibleMpp(mpp, mpp),
    objectivePower: power > 0 ? power : undefined,
    associated: [...associatedPages(images).keys()],
  };
  return new PyramidSlide(description, new SharpPixels(path, levels, true));
}

/** The pages of the label, macro and thumbnail images, by their names. */
export function associatedPages(images: readonly TiffImage[]): Map<string, number> {
  return new Map(images.filter((image, index) => !isLevel(image, index)).map((image) => [associatedName(image), image.page]));
}

function isLevel(image: TiffImage, index: number): boolean {
  return index === 0 || image.tiled;
}

/** The `key = value` pairs between bars. */
function aperioProperties(description: string): Map<string, string> {
  const pairs = description.split('|').slice(1).map((pair) => pair.split('='));
  return new Map(pairs.filter((pair) => pair.length >= 2).map(([key, ...value]) => [key.trim(), value.join('=').trim()]));
}

function associatedName(image: TiffImage): string {
  const named = /^(label|macro)\b/m.exec(image.description);
  return named ? named[1] : image.page === 1 ? 'thumbnail' : `page ${image.page}`;
}
