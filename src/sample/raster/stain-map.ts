/** Level-0 pixels a micrometre spans: every slide is drawn at 0.5 µm/px. */
export const um = 2;
/** µm a level-0 pixel spans. */
export const sampleMpp = 1 / um;

/** Steps of optical density the coarser layers are kept in. */
export const inkStep = 1 / 64;

/** How much of each dye lies on each pixel of a square slide, row-major; 1 is a well-stained structure. */
export class StainMap {
  readonly haematoxylin: Float32Array;
  readonly eosin: Float32Array;
  /** Red blood, in units of `inkStep`. */
  readonly blood: Uint8Array;
  /** Felt-tip ink on the glass, in units of `inkStep`. */
  readonly ink: Uint8Array;

  /** @param size edge, level-0 pixels. */
  constructor(readonly size: number) {
    this.haematoxylin = new Float32Array(size * size);
    this.eosin = new Float32Array(size * size);
    this.blood = new Uint8Array(size * size);
    this.ink = new Uint8Array(size * size);
  }

  /** Replaces what lies at a pixel by the share `cover` (0–1) of the given dyes. */
  cover(index: number, cover: number, haematoxylin: number, eosin: number): void {
    this.haematoxylin[index] += cover * (haematoxylin - this.haematoxylin[index]);
    this.eosin[index] += cover * (eosin - this.eosin[index]);
    this.blood[index] *= 1 - cover;
  }

  /** Calls `paint` for every pixel centre in a square around (x, y) that lies on the slide. */
  around(x: number, y: number, reach: number, paint: (index: number, dx: number, dy: number) => void): void {
    const left = Math.max(0, Math.ceil(x - reach));
    const right = Math.min(this.size - 1, Math.floor(x + reach));
    const bottom = Math.min(this.size - 1, Math.floor(y + reach));
    for (let row = Math.max(0, Math.ceil(y - reach)); row <= bottom; row++) {
      for (let column = left; column <= right; column++) paint(row * this.size + column, column - x, row - y);
    }
  }
}
