import type { Region } from '../units.js';

/** Pixels of slides. `slide` is an absolute path. */
export interface SlideService {
  /** A region as JPEG, scaled so that its longer edge is `edge` pixels. */
  readRegion(slide: string, region: Region, edge: number): Promise<Uint8Array>;
}
