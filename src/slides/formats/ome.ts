import { HardmineError } from '../../shared/errors.js';
import type { Mpp } from '../../shared/units.js';
import { plausibleMpp, type TiffImage } from './structure.js';
import type { TiffSlide } from './tiff-family.js';
import { pyramidOf } from './tiff.js';
import { parseXml, type XmlElement } from './xml.js';

export function isOme(images: readonly TiffImage[]): boolean {
  return /<(\w+:)?OME[\s>]/.test(images[0].description);
}

/** µm a unit of length spans. */
const units: Readonly<Record<string, number>> = { m: 1e6, cm: 1e4, mm: 1e3, µm: 1, μm: 1, um: 1, nm: 1e-3, in: 25_400 };

/** One image of the document and the page its first plane lies on. */
interface OmeImage {
  readonly name: string;
  readonly page: TiffImage | undefined;
  readonly says: XmlElement;
  readonly pixels: XmlElement;
}

/**
 * OME-TIFF: the first RGB image is the slide, its levels are SubIFDs of its page (or, before OME 6, later pages);
 * the other images are label, macro and the like.
 */
export function describeOme(path: string, images: readonly TiffImage[]): TiffSlide {
  const document = parseXml(images[0].description, 'OME');
  const all = document ? omeImages(document, images) : [];
  const slide = all.find(({ page, pixels }) => page !== undefined && page.samples >= 3 && number(pixels, 'SizeZ') <= 1 && number(pixels, 'SizeT') <= 1);
  if (!document || !slide?.page) throw notRgb(path, all);
  const base = slide.page;
  const taken = new Set(all.flatMap(({ page }) => (page ? [page] : [])));
  const levels = pyramidOf(base, images.filter((image) => (image.page === base.page ? image.subifd >= 0 : image.subifd < 0 && !taken.has(image))));
  const microscope = document.children('Instrument').flatMap((instrument) => instrument.children('Microscope'))[0];
  const power = objectivePower(document, slide.says);
  const vendor = microscope?.attributes.Manufacturer;
  return {
    format: 'ome-tiff',
    ...(vendor && { vendor }),
    mpp: physicalMpp(slide.pixels) ?? base.mpp,
    ...(power > 0 && { objectivePower: power }),
    levels,
    associated: new Map(all.flatMap(({ name, page }) => (page && page !== base ? [[name, page] as const] : []))),
  };
}

/** The images of the document, each with its page: where TiffData says, else one after the other. */
function omeImages(document: XmlElement, images: readonly TiffImage[]): OmeImage[] {
  let next = 0;
  return document.children('Image').flatMap((says, i) => {
    const pixels = says.children('Pixels')[0];
    if (!pixels) return [];
    const given = pixels.children('TiffData')[0]?.attributes.IFD;
    const first = given === undefined ? next : Number(given);
    const channels = pixels.children('Channel').map((channel) => number(channel, 'SamplesPerPixel'));
    const planes = channels.length > 0 ? channels.length : number(pixels, 'SizeC');
    next = first + planes * number(pixels, 'SizeZ') * number(pixels, 'SizeT');
    return [{ name: says.attributes.Name || `image ${i + 1}`, page: images.find(({ page, subifd }) => page === first && subifd < 0), says, pixels }];
  });
}

function notRgb(path: string, all: readonly OmeImage[]): HardmineError {
  const channels = all[0]?.pixels.children('Channel').map((channel, i) => channel.attributes.Name || channel.attributes.Fluor || `channel ${i + 1}`) ?? [];
  const what = channels.length > 0 ? `holds ${channels.length} separate channel${channels.length === 1 ? '' : 's'} (${channels.join(', ')})` : 'says nothing of an image we could find';
  return new HardmineError('slide-format', `This OME-TIFF ${what}, not an RGB brightfield slide.`, {
    place: { file: path },
    remedy: 'Export the brightfield image with its three colours in one plane (`raw2ometiff --rgb`), or as a pyramidal RGB TIFF.',
  });
}

/** A count; one where it is missing. */
function number(element: XmlElement, name: string): number {
  const value = Number(element.attributes[name] ?? 1);
  return value >= 1 ? value : 1;
}

function physicalMpp(pixels: XmlElement): Mpp | undefined {
  const along = (axis: 'X' | 'Y'): number => Number(pixels.attributes[`PhysicalSize${axis}`]) * (units[pixels.attributes[`PhysicalSize${axis}Unit`] ?? 'µm'] ?? NaN);
  return plausibleMpp(along('X'), along('Y'));
}

function objectivePower(document: XmlElement, image: XmlElement): number {
  const objectives = document.children('Instrument').flatMap((instrument) => instrument.children('Objective'));
  const id = (image.children('ObjectiveSettings')[0] ?? image.children('ObjectiveRef')[0])?.attributes.ID;
  const objective = objectives.find(({ attributes }) => attributes.ID === id) ?? (id === undefined && objectives.length === 1 ? objectives[0] : undefined);
  return Number(objective?.attributes.NominalMagnification ?? objective?.attributes.CalibratedMagnification);
}
