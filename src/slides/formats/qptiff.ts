import { HardmineError } from '../../shared/errors.js';
import type { TiffImage } from './structure.js';
import type { TiffSlide } from './tiff-family.js';
import { pyramidOf } from './tiff.js';
import { parseXml, type XmlElement } from './xml.js';

const root = 'PerkinElmer-QPI-ImageDescription';

export function isQptiff(images: readonly TiffImage[]): boolean {
  return images[0].description.includes(`<${root}`);
}

/**
 * QPTIFF of PerkinElmer and Akoya scanners: each page says in XML what it is. Brightfield slides are RGB;
 * fluorescence comes as one page a channel and is refused.
 */
export function describeQptiff(path: string, images: readonly TiffImage[]): TiffSlide {
  const pages = images.filter(({ subifd }) => subifd < 0).map((image) => ({ image, says: parseXml(image.description, root) }));
  const typed = (type: string): typeof pages => pages.filter(({ says }) => textOf(says, 'ImageType') === type);
  const full = typed('FullResolution');
  const base = full.length > 0 ? full[0] : pages[0];
  if (base.image.samples !== 3) {
    const channels = full.map(({ says }, i) => textOf(says, 'Biomarker') || textOf(says, 'Name') || `channel ${i + 1}`);
    throw new HardmineError('slide-format', `This QPTIFF is a fluorescence image of ${channels.length} separate channels (${channels.join(', ')}), not an RGB brightfield slide.`, {
      place: { file: path },
      remedy: 'Use the brightfield scan, or render the channels to a pyramidal RGB TIFF first.',
    });
  }
  const levels = pyramidOf(base.image, typed('ReducedResolution').map(({ image }) => image));
  const power = Number.parseFloat(textOf(base.says, 'Objective'));
  return {
    format: 'qptiff',
    vendor: /akoya/i.test(textOf(base.says, 'AcquisitionSoftware')) ? 'Akoya' : 'PerkinElmer',
    mpp: base.image.mpp,
    ...(power > 0 && { objectivePower: power }),
    levels,
    associated: new Map(pages.filter(({ image }) => !levels.includes(image)).map(({ image, says }) => [associatedName(textOf(says, 'ImageType')) ?? `page ${image.page}`, image])),
  };
}

function textOf(says: XmlElement | undefined, name: string): string {
  return says?.children(name)[0]?.text ?? '';
}

function associatedName(type: string): string | undefined {
  return type === 'Overview' ? 'macro' : type === 'Thumbnail' || type === 'Label' ? type.toLowerCase() : undefined;
}
