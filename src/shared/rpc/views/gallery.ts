import type { CohortFacts } from '../slides.js';

export const gallerySorts = ['table', 'id', 'label', 'split', 'probability'] as const;
export type GallerySort = (typeof gallerySorts)[number];

export const galleryFilters = ['all', 'train', 'validation', 'test', 'wrong'] as const;
export type GalleryFilter = (typeof galleryFilters)[number];

/** The state of a gallery panel, kept over reloads. */
export interface GalleryState {
  /** Absolute run folder. */
  readonly run: string;
  readonly sort?: GallerySort;
  readonly filter?: GalleryFilter;
  /** Part of a slide id, label or patient. */
  readonly search?: string;
}

/** What the gallery may ask of the extension. */
export interface GalleryHost {
  cohortOf(run: string): Promise<CohortFacts>;
  /** The slide as a small JPEG. @param path absolute. */
  thumbnail(path: string): Promise<Uint8Array>;
  /** Opens a slide with what the run says of it. */
  openSlide(run: string, slide: string): Promise<void>;
}

/** What the extension tells the gallery. */
export interface GalleryView {
  /** Show the slides of this run. */
  show(state: GalleryState): void;
  /** The run has got on: its predictions may have changed. */
  refresh(): void;
}
