import { plausibleMpp, type TiffImage } from './structure.js';
import type { TiffSlide } from './tiff-family.js';

/** Aperio software signs every image of its files. */
export function isAperio(images: readonly TiffImage[]): boolean {
  return images[0].description.startsWith('Aperio');
}

/**
 * Aperio SVS: tiled images are levels, largest first. The second image is a thumbnail in strips;
 * label and macro stand last, in strips too, and are named on the second line of their description.
 */
export function describeAperio(images: readonly TiffImage[]): TiffSlide {
  const properties = aperioProperties(images[0].description);
  const mpp = Number(properties.get('MPP'));
  const power = Number(properties.get('AppMag'));
  const isLevel = (image: TiffImage): boolean => image === images[0] || image.tiled;
  return {
    format: 'aperio-svs',
    vendor: 'Aperio',
    levels: images.filter(isLevel),
    mpp: plausibleMpp(mpp, mpp),
    ...(power > 0 && { objectivePower: power }),
    associated: new Map(images.filter((image) => !isLevel(image)).map((image) => [associatedName(image), image])),
  };
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
