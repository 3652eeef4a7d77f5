import { extname } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import type { Slide } from '../contract.js';
import { findOpenSlide, openslideRemedy, type OpenSlideHandle, type OpenSlideLibrary } from '../openslide/library.js';
import { undecodable } from '../pixels/damage.js';
import { blendArgb, OpenSlidePixels } from '../pixels/openslide.js';
import { PyramidSlide } from '../pyramid.js';
import { plausibleMpp } from './structure.js';

/** Formats of scanners that only OpenSlide reads, by its names; what we read ourselves is not among them. */
const foreign: Readonly<Record<string, string>> = {
  hamamatsu: 'Hamamatsu VMS',
  leica: 'Leica SCN',
  mirax: 'MIRAX',
  philips: 'Philips TIFF',
  sakura: 'Sakura SVSLIDE',
  trestle: 'Trestle',
  ventana: 'Ventana BIF',
  zeiss: 'Zeiss CZI',
};

/** Types of files that nothing else reads; a MIRAX file is a JPEG preview to other readers, its slide lies beside it. */
const foreignTypes: Readonly<Record<string, string>> = { '.mrxs': 'MIRAX', '.vms': 'Hamamatsu VMS', '.vmu': 'Hamamatsu VMU', '.svslide': 'Sakura SVSLIDE' };

/** What may be read there by its newer versions: no test has. */
const untried: Readonly<Record<string, string>> = { '.czi': 'Zeiss CZI' };

/**
 * Opens a slide through OpenSlide where only that reads it or `open` refuses its format, else by `open`.
 * MIL_PREFER_OPENSLIDE=1 takes it for all it knows: with JPEG 2000 it is faster than WebAssembly, and grey levels differ by one at most.
 */
export async function openOrThroughOpenSlide(path: string, open: () => Promise<Slide>): Promise<Slide> {
  const { library } = await findOpenSlide();
  const vendor = (await library?.detectVendor(path)) ?? undefined;
  const type = extname(path).toLowerCase();
  if (vendor === undefined && type in foreignTypes) throw unknownToAll(path, foreignTypes[type]);
  if (vendor === undefined && type in untried) throw new HardmineError('slide-format', `${untried[type]} slides are not read here.`, { place: { file: path }, remedy: 'Convert it to OME-TIFF, e.g. with bfconvert of Bio-Formats.' });
  const only = vendor !== undefined && vendor in foreign && (vendor !== 'hamamatsu' || type in foreignTypes);
  if (vendor !== undefined && (only || process.env.MIL_PREFER_OPENSLIDE === '1')) return openWithOpenSlide(path);
  try {
    return await open();
  } catch (error) {
    // A plain TIFF is refused for what it holds, separate channels above all: OpenSlide would show the first of them.
    if (vendor === undefined || vendor === 'generic-tiff' || !(error instanceof HardmineError) || error.code !== 'slide-format') throw error;
    return openWithOpenSlide(path).catch(() => Promise.reject(error));
  }
}

function unknownToAll(path: string, format: string): HardmineError {
  return new HardmineError('slide-format', `${format} slides are read through OpenSlide, which does not know this file or is not there.`, {
    place: { file: path },
    remedy: `${openslideRemedy} If it is there, copy the files and folders beside the slide as well.`,
  });
}

/**
 * A slide as OpenSlide reads it; its format is named `openslide (<vendor>)`.
 * @throws HardmineError `slide-format` where there is no OpenSlide or it does not know the file, `slide-unreadable` where it fails.
 */
export async function openWithOpenSlide(path: string): Promise<Slide> {
  const { library, problem } = await findOpenSlide();
  const place = { file: path };
  if (!library) throw new HardmineError('slide-format', `This slide is read through OpenSlide: ${problem}`, { place, remedy: openslideRemedy });
  const handle = await library.open(path);
  if (handle === null) throw new HardmineError('slide-format', `OpenSlide ${library.version} does not know this file.`, { place, remedy: 'Convert it to a pyramidal TIFF or to DICOM with the software of its scanner.' });
  const error = library.error(handle) ?? sizesProblem(library, handle);
  if (error) {
    library.close(handle);
    throw new HardmineError('slide-unreadable', `OpenSlide ${library.version} cannot read this slide (${error}).`, { place, remedy: 'If the format has several files or a folder beside the slide, copy all of them; else copy the slide again.' });
  }
  return describe(path, library, handle);
}

/** Pixels of the label, macro or thumbnail of that name; undefined where there is none. @throws HardmineError `slide-unreadable`. */
export async function readAssociatedThroughOpenSlide(path: string, name: string): Promise<{ readonly pixels: Uint8Array; readonly width: number; readonly height: number } | undefined> {
  const { library } = await findOpenSlide();
  const handle = await library?.open(path);
  if (!library || !handle) return undefined;
  try {
    if (!library.associatedNames(handle).includes(name)) return undefined;
    const { width, height } = library.associatedSize(handle, name);
    if (!(width > 0 && height > 0 && width * height <= mostAssociated)) throw undecodable(path, `its ${name} image of ${width} × ${height} px`);
    const argb = new Uint8Array(width * height * 4);
    await library.readAssociated(handle, name, argb);
    const problem = library.error(handle);
    if (problem !== null) throw undecodable(path, `OpenSlide: ${problem}`);
    const pixels = new Uint8Array(width * height * 3);
    const whole = { left: 0, top: 0, width, height };
    blendArgb(argb, whole, [255, 255, 255], pixels, whole);
    return { pixels, width, height };
  } finally {
    library.close(handle);
  }
}

function describe(path: string, library: OpenSlideLibrary, handle: OpenSlideHandle): Slide {
  const property = (name: string): string | undefined => library.property(handle, `openslide.${name}`) ?? undefined;
  const number = (name: string): number => Number(property(name));
  const vendor = property('vendor') ?? 'unknown';
  const background = colour(property('background-color'));
  const power = number('objective-power');
  return new PyramidSlide(
    {
      path,
      format: `openslide (${vendor})`,
      vendor: foreign[vendor]?.split(' ')[0] ?? vendor,
      levels: Array.from({ length: library.levelCount(handle) }, (_, level) => library.levelSize(handle, level)),
      mpp: plausibleMpp(number('mpp-x'), number('mpp-y')),
      objectivePower: power > 0 ? power : undefined,
      icc: property('icc-size') !== undefined,
      associated: library.associatedNames(handle),
      background,
    },
    new OpenSlidePixels(library, path, handle, background),
  );
}

/** Of a damaged file the library may say sizes that no slide has. */
function sizesProblem(library: OpenSlideLibrary, handle: OpenSlideHandle): string | undefined {
  const levels = library.levelCount(handle);
  for (let level = 0; level < levels; level++) {
    const { width, height } = library.levelSize(handle, level);
    if (!(width > 0 && height > 0 && width < 2 ** 31 && height < 2 ** 31)) return `level ${level} of ${width} × ${height} px`;
  }
  return levels > 0 ? undefined : 'it holds no level';
}

/** Pixels of the largest associated image that is decoded. */
const mostAssociated = 2 ** 25;

/** RRGGBB. */
function colour(text: string | undefined): readonly [number, number, number] {
  const value = /^[0-9a-f]{6}$/i.test(text ?? '') ? Number.parseInt(text!, 16) : 0xffffff;
  return [value >> 16, (value >> 8) & 255, value & 255];
}
