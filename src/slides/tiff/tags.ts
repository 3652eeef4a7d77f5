/** Numbers of the TIFF tags that are read. */
export const tag = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  description: 270,
  make: 271,
  stripOffsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  resolutionUnit: 296,
  software: 305,
  predictor: 317,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  sampleFormat: 339,
  jpegTables: 347,
  /** Of chroma, two numbers. */
  subsampling: 530,
  icc: 34675,
  xmp: 700,
  /** Hamamatsu's own: says that the file is NDPI. */
  ndpi: 65420,
  /** Of NDPI: magnification of a level, -1 on the macro image, -2 on its map of tissue. */
  sourceLens: 65421,
  /** Of NDPI: 0 in the middle. */
  focalPlane: 65424,
  /** Of NDPI: where each restart interval begins, from the start of the strip; the upper 32 bits stand apart. */
  mcuStarts: 65426,
  mcuStartsHigh: 65432,
} as const;
