import { z } from 'zod';
import type { Slide } from '../../../slides/contract.js';
import { edge, perceptualHash } from './perceptual-hash.js';

/** Edge of the picture a print is made from, and of the grid of its colours. */
const picture = 64;
export const grid = 4;
/** Shares of the picture that are cut at each edge, to know it again when it was. */
const cuts = [0, 0.025, 0.05];
/** Pixels of tissue are more coloured than this (largest less smallest channel, 0–255), and darker than glass. */
const coloured = 18;
const glass = 235;

/** A slide in a few numbers: enough to compare thousands with each other. */
export const slidePrintSchema = z.object({
  /** Of the file or its folder. */
  bytes: z.number(),
  /** Level-0 pixels. */
  width: z.number(),
  height: z.number(),
  /** µm/px as the file says it. */
  mpp: z.number().optional(),
  format: z.string(),
  vendor: z.string().optional(),
  compression: z.string().optional(),
  /** Perceptual hashes: of the whole picture, then of what is left when its edges are cut. */
  hashes: z.array(z.tuple([z.number(), z.number()])).length(cuts.length),
  /** Standard deviation of grey, 0–255: a picture of one tone has no hash to speak of. */
  contrast: z.number(),
  /** Mean colours of 4 × 4 fields, 0–255: red, green, blue of the first, and so on. */
  colours: z.array(z.number()).length(3 * grid * grid),
  /** Mean colour of the tissue, where some is seen. */
  tissue: z.tuple([z.number(), z.number(), z.number()]).optional(),
});
export type SlidePrint = z.output<typeof slidePrintSchema>;

/** Takes the print of an open slide from one small image of it. @throws HardmineError as reading does. */
export async function printOf(slide: Slide, bytes: number): Promise<SlidePrint> {
  const { width, height } = slide.levels[0];
  const { mpp, format, vendor, compression } = slide;
  const pixels = await slide.read({ x: 0, y: 0, width, height }, { width: picture, height: picture });
  const header = { ...(mpp && { mpp: (mpp.x + mpp.y) / 2 }), ...(vendor !== undefined && { vendor }), ...(compression !== undefined && { compression }) };
  return { bytes, width, height, format, ...header, ...likenessOf(pixels) };
}

/** What the image looks like. @param pixels RGB, 64 × 64. */
export function likenessOf(pixels: Uint8Array): Pick<SlidePrint, 'hashes' | 'contrast' | 'colours' | 'tissue'> {
  const grey = Float64Array.from({ length: picture * picture }, (_, i) => 0.299 * pixels[3 * i] + 0.587 * pixels[3 * i + 1] + 0.114 * pixels[3 * i + 2]);
  const tissue = tissueColour(pixels);
  return { hashes: cuts.map((cut) => [...perceptualHash(within(grey, cut))] as [number, number]), contrast: rounded(deviation(grey)), colours: fieldColours(pixels), ...(tissue && { tissue }) };
}

/** The picture without a share of it at each edge, at 32 × 32: means of 2 × 2 samples a pixel, interpolated. */
function within(grey: Float64Array, cut: number): Float64Array {
  const from = cut * picture;
  const step = (picture - 2 * from) / (2 * edge);
  const at = (i: number): number => from + (i + 0.5) * step - 0.5;
  return Float64Array.from({ length: edge * edge }, (_, i) => {
    const [x, y] = [2 * (i % edge), 2 * Math.floor(i / edge)];
    return (sample(grey, at(x), at(y)) + sample(grey, at(x + 1), at(y)) + sample(grey, at(x), at(y + 1)) + sample(grey, at(x + 1), at(y + 1))) / 4;
  });
}

/** Between pixels, whose centres are whole numbers. */
function sample(grey: Float64Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [Math.min(left + 1, picture - 1), Math.min(top + 1, picture - 1)];
  const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
  const row = (at: number): number => mix(grey[picture * at + left], grey[picture * at + right], x - left);
  return mix(row(top), row(below), y - top);
}

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function fieldColours(pixels: Uint8Array): number[] {
  const sums = new Float64Array(3 * grid * grid);
  const field = picture / grid;
  for (let i = 0; i < picture * picture; i++) {
    const at = 3 * (grid * Math.floor(i / picture / field) + Math.floor((i % picture) / field));
    for (let channel = 0; channel < 3; channel++) sums[at + channel] += pixels[3 * i + channel];
  }
  return Array.from(sums, (sum) => rounded(sum / (field * field)));
}

function tissueColour(pixels: Uint8Array): [number, number, number] | undefined {
  const sums: [number, number, number] = [0, 0, 0];
  let seen = 0;
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = pixels.subarray(i, i + 3);
    if (Math.max(r, g, b) - Math.min(r, g, b) < coloured || Math.min(r, g, b) > glass) continue;
    sums[0] += r;
    sums[1] += g;
    sums[2] += b;
    seen++;
  }
  return seen === 0 ? undefined : [rounded(sums[0] / seen), rounded(sums[1] / seen), rounded(sums[2] / seen)];
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
