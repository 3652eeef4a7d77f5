import type { Mpp } from '../../shared/units.js';
import { readDirectories, type TiffDirectory } from '../tiff/directory.js';
import type { RandomAccessFile } from '../tiff/file.js';
import { tag } from '../tiff/tags.js';

/** What one image of a TIFF file says about itself. */
export interface TiffImage {
  readonly directory: TiffDirectory;
  /** Position among the main images. */
  readonly page: number;
  /** Position among the SubIFDs of the page; -1 for the page itself. */
  readonly subifd: number;
  readonly width: number;
  readonly height: number;
  readonly tiled: boolean;
  readonly description: string;
  /** TIFF tag 259, e.g. 7 for JPEG, 33005 for JPEG 2000. */
  readonly compression: number;
  readonly samples: number;
  /** TIFF tag 254: bit 0 reduced resolution, bit 2 mask, bit 3 Aperio macro. */
  readonly subfileType: number;
  /** From XResolution, YResolution and ResolutionUnit, where these are plausible for a microscope. */
  readonly mpp: Mpp | undefined;
  /** Whether it carries a colour profile. */
  readonly icc: boolean;
}

/** No program writes larger tiles. */
const mostTilePixels = 2 ** 26;

/** Reads the directories of a TIFF or BigTIFF file: pages in order, each followed by its SubIFDs. */
export async function readTiffStructure(file: RandomAccessFile): Promise<TiffImage[]> {
  const images: TiffImage[] = [];
  for (const [page, { main, sub }] of (await readDirectories(file)).entries()) {
    images.push(await describe(main, page, -1));
    for (const [subifd, directory] of sub.entries()) images.push(await describe(directory, page, subifd));
  }
  return images;
}

async function describe(directory: TiffDirectory, page: number, subifd: number): Promise<TiffImage> {
  const [width, height] = [await directory.number(tag.width, 0), await directory.number(tag.height, 0)];
  if (!(Number.isInteger(width) && Number.isInteger(height) && width >= 1 && height >= 1)) throw new Error(`image ${page + 1} has no size`);
  const tiled = directory.has(tag.tileWidth);
  const [tileWidth, tileHeight] = tiled ? [await directory.number(tag.tileWidth, 0), await directory.number(tag.tileHeight, 0)] : [1, 1];
  // Decoders take memory for what is claimed here, and some end the process where there is none.
  if (!(tileWidth >= 1 && tileHeight >= 1 && tileWidth * tileHeight <= mostTilePixels)) throw new Error(`image ${page + 1} has tiles of ${tileWidth} × ${tileHeight} px`);
  return {
    directory,
    page,
    subifd,
    width,
    height,
    tiled,
    description: await directory.text(tag.description),
    compression: await directory.number(tag.compression, 1),
    samples: await directory.number(tag.samples, 1),
    subfileType: await directory.number(tag.subfileType, 0),
    mpp: resolutionMpp(await directory.number(tag.xResolution, 0), await directory.number(tag.yResolution, 0), await directory.number(tag.resolutionUnit, 2)),
    icc: directory.has(tag.icc),
  };
}

/** Pixels per unit → µm/px. */
function resolutionMpp(x: number, y: number, unit: number): Mpp | undefined {
  const micrometres = unit === 3 ? 10_000 : unit === 2 ? 25_400 : undefined;
  if (micrometres === undefined) return undefined;
  return plausibleMpp(micrometres / x, micrometres / y);
}

/**
 * Programs that know no scale write 72 dpi and the like (353 µm/px): only what a microscope
 * can resolve, 0.01 to 32 µm/px, is believed.
 */
export function plausibleMpp(x: number, y: number): Mpp | undefined {
  const plausible = (mpp: number): boolean => mpp >= 0.01 && mpp <= 32;
  return plausible(x) && plausible(y) ? { x, y } : undefined;
}
