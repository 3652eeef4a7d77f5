/** How the bytes of one tile become RGB. */
export interface TileCodec {
  readonly kind: 'jpeg' | 'jpeg2000' | 'lzw' | 'deflate' | 'none';
  /** Of a tile, pixels; the last strip of an image may be lower. */
  readonly width: number;
  readonly height: number;
  /** What the decoded samples mean. `ycbcr` is full-range BT.601, as JPEG has it. */
  readonly colour: 'rgb' | 'ycbcr' | 'grey' | 'inverted-grey';
  /** TIFF tag 317: 2 where samples are differences to their left neighbours. */
  readonly predictor: 1 | 2;
  /** JPEG: tables that abbreviated streams leave out. */
  readonly tables?: Uint8Array;
}
