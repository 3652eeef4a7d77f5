import type { Mpp, Region } from '../shared/units.js';

export interface SlideLevel {
  readonly width: number;
  readonly height: number;
  /** Level-0 pixels a pixel of this level spans (mean of x and y). */
  readonly downsample: number;
}

/** An open slide. All coordinates are level-0 pixels; all pixels are sRGB, 8 bits, interleaved, no alpha. */
export interface Slide {
  readonly path: string;
  /** e.g. `aperio-svs`, `pyramidal-tiff`, `image`. */
  readonly format: string;
  /** Maker of the scanner, e.g. `Aperio`; undefined where the file does not say. */
  readonly vendor: string | undefined;
  /** How level 0 is compressed, e.g. `JPEG`; undefined for plain images. */
  readonly compression: string | undefined;
  /** What decodes its tiles where machines differ in it, e.g. `OpenJPEG 2.5.0`. */
  readonly decoder?: string | undefined;
  /** Level 0 first, largest to smallest. */
  readonly levels: readonly SlideLevel[];
  /** As the file says it; undefined where it does not. */
  readonly mpp: Mpp | undefined;
  readonly objectivePower: number | undefined;
  /** Whether the file carries a colour profile (ICC). It is noted, never applied. */
  readonly icc: boolean;
  /** Names of the label, macro or thumbnail images the file carries. Their pixels may show patient data and are never read. */
  readonly associated: readonly string[];
  /** Colour of pixels beyond the edge. */
  readonly background: readonly [number, number, number];
  /**
   * The region resampled to width × height, from the best level; RGB, row-major, 3·width·height bytes.
   * Beyond the slide's edge the background shows.
   * @param into memory that may be written instead of new one, where it holds as much.
   */
  read(region: Region, size: { readonly width: number; readonly height: number }, into?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Where the patches of a slide lie. Deterministic: row by row, left to right. */
export interface TileGrid {
  /** Edge of a patch in level-0 pixels (may be fractional). */
  readonly size0: number;
  /** Edge of a patch at the requested resolution, in pixels. */
  readonly size: number;
  /** µm/px at which patches are read. */
  readonly mpp: number;
  /** Left and top edge of each patch, level-0 pixels. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Share of each patch that is tissue, 0–1. */
  readonly tissue: Float32Array;
}
