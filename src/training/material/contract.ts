import type { CohortSlide, FeatureReader } from '../../cohort/contract.js';
import type { PatchSource } from '../../encoders/contract.js';
import type { SlideQuality } from '../../shared/slide-quality.js';
import type { Bag } from '../bag.js';

/** What is known of a slide once its material is there. */
export interface SlideMaterial {
  /** Content hash of all that the patches depend on. */
  readonly hash: string;
  readonly count: number;
  readonly coords: { readonly x: Float64Array; readonly y: Float64Array; readonly size0: number } | undefined;
}

/** What bags are made of: patches cut from slides, or features that others computed. */
export interface Material {
  /** Size of stored features, known once slides are prepared; undefined where features are still to be computed. */
  readonly featureSize?: number | undefined;
  /** Makes sure of a slide's material. @throws HardmineError naming the slide. */
  prepare(slide: CohortSlide): Promise<SlideMaterial>;
  /** What was seen of a slide's tissue, ink, focus and staining when its patches were cut. */
  quality?(bag: Bag): SlideQuality | undefined;
  /** Patches of the bags, one bag after the other; undefined where only features exist. */
  patches?(bags: readonly Bag[]): PatchSource & { close(): void };
  /** Stored features of a bag; undefined where they are still to be computed. */
  features?(bag: Bag): Promise<FeatureReader>;
}
