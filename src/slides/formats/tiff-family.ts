import type { Mpp } from '../../shared/units.js';
import { describeAperio, isAperio } from './aperio.js';
import { refuseForeign } from './foreign.js';
import { describeNdpi, isNdpi } from './ndpi.js';
import { describeOme, isOme } from './ome.js';
import { describeQptiff, isQptiff } from './qptiff.js';
import type { TiffImage } from './structure.js';
import { describeTiff } from './tiff.js';

/** What the images of a TIFF file are to a slide. */
export interface TiffSlide {
  readonly format: string;
  readonly vendor?: string;
  readonly mpp: Mpp | undefined;
  readonly objectivePower?: number;
  /** Largest first. */
  readonly levels: readonly TiffImage[];
  /** Label, macro, thumbnail and the like, by name. */
  readonly associated: ReadonlyMap<string, TiffImage>;
}

/** Recognises who wrote a TIFF file, by its content. @throws HardmineError `slide-format` where it holds no slide we can read. */
export async function describeTiffSlide(path: string, images: readonly TiffImage[]): Promise<TiffSlide> {
  refuseForeign(path, images);
  if (isNdpi(images)) return describeNdpi(path, images);
  if (isAperio(images)) return describeAperio(images);
  if (isQptiff(images)) return describeQptiff(path, images);
  if (isOme(images)) return describeOme(path, images);
  return describeTiff(path, images);
}
