import type { FeatureCollection, Polygon as Geometry } from 'geojson';
import type { SlideQuality } from '../../shared/slide-quality.js';
import { slideQuality } from '../quality/record.js';
import { openSlide } from '../open.js';
import { resolveMpp } from '../resolution.js';
import type { Annotations } from './annotations.js';
import { annotationsOf } from './geojson.js';
import { findTissue, type TissueOptions } from './mask.js';
import { findPen } from './pen.js';
import { polygonsOf } from './polygons.js';
import { overview, readOverview } from './raster.js';

/** What `mil tissue SLIDE --json` prints. */
export interface SlideTissue {
  readonly path: string;
  /** µm/px of level 0, and of the mask. */
  readonly slideMpp: number;
  readonly mpp: number;
  /** Annotations of class Tissue. */
  readonly areas: number;
  readonly quality: SlideQuality;
}

/**
 * Tissue and pen marks of a slide as annotations, and its quality.
 * @param options.slideMpp stands in where the file does not say its resolution.
 * @throws HardmineError as `openSlide` does, and `mpp-unknown`.
 */
export async function slideTissue(path: string, options: TissueOptions & { readonly slideMpp?: number }, annotations?: Annotations): Promise<{ readonly tissue: SlideTissue; readonly outlines: FeatureCollection<Geometry> }> {
  const slide = await openSlide(path);
  try {
    const slideMpp = resolveMpp(slide, options.slideMpp);
    const mask = await findTissue(slide, slideMpp, options, annotations);
    const frame = overview(slide, slideMpp, options.mpp);
    const pen = findPen(await readOverview(slide, frame), frame.width, frame.height, slideMpp * frame.scaleX);
    const marks = polygonsOf({ ...frame, data: pen.map((value) => Math.min(1, value)) }).map((polygon) => ({ name: 'Pen' as const, polygon }));
    const areas = polygonsOf(mask).map((polygon) => ({ name: 'Tissue' as const, polygon }));
    return {
      tissue: { path, slideMpp, mpp: slideMpp * mask.scaleX, areas: areas.length, quality: await slideQuality(slide, slideMpp, mask) },
      outlines: annotationsOf([...areas, ...marks]),
    };
  } finally {
    await slide.close();
  }
}
