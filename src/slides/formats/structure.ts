import { fromFile, type ImageFileDirectory } from 'geotiff';
import type { Mpp } from '../../shared/units.js';

/** What one image of a TIFF file says about itself; sharp does not expose it. */
export interface TiffImage {
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
}

/** Reads the directory of a TIFF or BigTIFF file: pages in order, each followed by its SubIFDs. */
export async function readTiffStructure(path: string): Promise<TiffImage[]> {
  const tiff = await fromFile(path);
  try {
    const images: TiffImage[] = [];
    const pages = await tiff.getImageCount();
    for (let page = 0; page < pages; page++) {
      const directory = (await tiff.getImage(page)).fileDirectory;
      images.push(await describe(directory, page, -1));
      const offsets = directory.hasTag('SubIFDs') ? await directory.loadValue<'SubIFDs'>('SubIFDs') : undefined;
      const list: readonly unknown[] = offsets === undefined ? [] : typeof offsets === 'object' ? Array.from(offsets as ArrayLike<unknown>) : [offsets];
      for (let i = 0; i < list.length; i++) images.push(await describe(await tiff.parser.parseFileDirectoryAt(Number(list[i])), page, i));
    }
    return images;
  } finally {
    await tiff.close();
  }
}

async function describe(directory: ImageFileDirectory, page: number, subifd: number): Promise<TiffImage> {
  const value = async (tag: string): Promise<unknown> => (directory.hasTag(tag as never) ? await directory.loadValue(tag as never) : undefined);
  const number = async (tag: string, fallback: number): Promise<number> => Number((await value(tag)) ?? fallback);
  const text = await value('ImageDescription');
  return {
    page,
    subifd,
    width: await number('ImageWidth', 0),
    height: await number('ImageLength', 0),
    tiled: directory.hasTag('TileWidth'),
    // C strings: what follows the NUL is padding.
    description: typeof text === 'string' ? text.split('\0')[0] : '',
    compression: await number('Compression', 1),
    samples: await number('SamplesPerPixel', 1),
    subfileType: await number('NewSubfileType', 0),
    mpp: resolutionMpp(await value('XResolution'), await value('YResolution'), await number('ResolutionUnit', 2)),
  };
}

/** Pixels per unit as TIFF rationals → µm/px. */
function resolutionMpp(x: unknown, y: unknown, unit: number): Mpp | undefined {
  const micrometres = unit === 3 ? 10_000 : unit === 2 ? 25_400 : undefined;
  if (micrometres === undefined) return undefined;
  return plausibleMpp(micrometres / rational(x), micrometres / rational(y));
}

function rational(value: unknown): number {
  const [numerator, denominator] = typeof value === 'object' && value !== null ? Array.from(value as ArrayLike<number>) : [Number(value), 1];
  return numerator / denominator;
}

/**
 * Programs that know no scale write 72 dpi and the like (353 µm/px): only what a microscope
 * can resolve, 0.01 to 32 µm/px, is believed.
 */
export function plausibleMpp(x: number, y: number): Mpp | undefined {
  const plausible = (mpp: number): boolean => mpp >= 0.01 && mpp <= 32;
  return plausible(x) && plausible(y) ? { x, y } : undefined;
}
