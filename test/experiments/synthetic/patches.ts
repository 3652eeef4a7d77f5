import type { Random } from '../../../src/shared/random.js';

/** What a patch of a synthetic slide shows. */
export type PatchKind = 'stroma' | 'lymphocytes' | 'mimic' | 'tumour';

/** Edge of a patch, pixels. */
export const patchEdge = 32;

/** Radii of the nuclei of each kind, pixels, and how many there are: a mimic lies between lymphocytes and tumour, and overlaps with tumour. */
const nuclei: Record<PatchKind, { readonly radius: readonly [number, number]; readonly count: readonly [number, number] }> = {
  stroma: { radius: [1, 2], count: [0, 3] },
  lymphocytes: { radius: [1.5, 2.5], count: [8, 16] },
  mimic: { radius: [2.5, 5], count: [3, 6] },
  tumour: { radius: [3.5, 6.5], count: [3, 6] },
};

/** Colours of one slide: staining differs between slides and says nothing of the label. */
export interface Staining {
  readonly ground: readonly [number, number, number];
  readonly nucleus: readonly [number, number, number];
}

export function drawStaining(random: Random): Staining {
  const shifted = (colour: readonly number[]) => colour.map((value) => value + random.between(-22, 22)) as [number, number, number];
  return { ground: shifted([224, 172, 200]), nucleus: shifted([96, 66, 140]) };
}

/** Paints a patch into an image of `width` pixels, row by row RGB, its left top corner at (x, y). */
export function paintPatch(image: Uint8Array, width: number, place: { readonly x: number; readonly y: number }, kind: PatchKind, staining: Staining, random: Random): void {
  const { radius, count } = nuclei[kind];
  const fibre = random.between(0, Math.PI);
  const blobs = Array.from({ length: Math.round(random.between(...count)) }, () => {
    const size = random.between(...radius);
    return { x: random.between(0, patchEdge), y: random.between(0, patchEdge), a: size, b: size * random.between(0.7, 1), turn: random.between(0, Math.PI) };
  });
  for (let y = 0; y < patchEdge; y++) {
    for (let x = 0; x < patchEdge; x++) {
      const stripes = 9 * Math.sin((x * Math.cos(fibre) + y * Math.sin(fibre)) / 2.2);
      const inside = blobs.some((blob) => within(blob, x, y));
      const colour = inside ? staining.nucleus : staining.ground;
      const at = 3 * ((place.y + y) * width + place.x + x);
      for (let c = 0; c < 3; c++) image[at + c] = Math.max(0, Math.min(255, colour[c]! + (inside ? 0 : stripes) + random.between(-14, 14)));
    }
  }
}

function within(blob: { x: number; y: number; a: number; b: number; turn: number }, x: number, y: number): boolean {
  const [dx, dy] = [x - blob.x, y - blob.y];
  const along = dx * Math.cos(blob.turn) + dy * Math.sin(blob.turn);
  const across = dy * Math.cos(blob.turn) - dx * Math.sin(blob.turn);
  return (along / blob.a) ** 2 + (across / blob.b) ** 2 <= 1;
}
