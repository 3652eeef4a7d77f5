import { signal } from '@preact/signals';
import type { PatchPlace } from '../../src/shared/rpc/views/slide.js';

/** What other parts of the view may ask of the stage. */
export interface StageHandle {
  /** Brings a patch into sight; nearer, where it is too small to see. @param around how much to show, in patch widths. */
  reveal(place: PatchPlace, around: number): void;
  zoomBy(factor: number): void;
  panBy(columns: number, rows: number): void;
  fit(): void;
}

export const stage = signal<StageHandle | undefined>(undefined);
