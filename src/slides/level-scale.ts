interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Level-0 pixels a pixel of a level spans, along x and y.
 *
 * Scanners and libvips make a level by merging whole blocks of pixels, and drop or pad what does not fill a block
 * at the far edges: 5003 columns become 312 of 16 pixels, not of 16.04. Where the level's size can come from
 * blocks they are taken to be it, powers of two first; the ratio of the sizes would shift its far end by up to a pixel.
 */
export function levelScale(base: Size, level: Size): { readonly x: number; readonly y: number } {
  const ratio = { x: base.width / level.width, y: base.height / level.height };
  const near = base.width > base.height ? ratio.x : ratio.y;
  const block = [2 ** Math.round(Math.log2(near)), Math.round(near)].find((edge) => Math.abs(base.width / edge - level.width) < 1 && Math.abs(base.height / edge - level.height) < 1);
  return block === undefined ? ratio : { x: block, y: block };
}
