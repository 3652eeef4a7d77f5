/** A rectangle of whole pixels of one level. */
export interface PixelWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the pixels of a slide's levels come from. */
export interface PixelSource {
  /**
   * A window of a level, wholly inside it; RGB, row-major. The pixels are the caller's to change.
   * @param into memory that may be written instead of new one, where it holds as much.
   * @throws HardmineError `slide-unreadable` where they cannot be decoded.
   */
  read(level: number, window: PixelWindow, into?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}
