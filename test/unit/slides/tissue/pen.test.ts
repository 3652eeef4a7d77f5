import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tilingSchema } from '../../../../src/shared/experiment/data.js';
import { openSlide } from '../../../../src/slides/open.js';
import { slideQuality } from '../../../../src/slides/quality/record.js';
import { findTissue } from '../../../../src/slides/tissue/mask.js';
import { penColours, type PenColour } from '../../../../src/shared/slide-quality.js';
import { findPen } from '../../../../src/slides/tissue/pen.js';
import { paint, scratchFolder, shared } from '../fixtures.js';

const folder = scratchFolder();
const glass = [244, 243, 245] as const;
const tissue = [205, 130, 180] as const;
const colon = shared('data/colon/img1.webp');
const dicom = shared('data/slides/small_dicom.dcm');
type Colour = readonly [number, number, number];

/** An image of 100 × 100 pixels at 8 µm/px, as RGB. */
const image = (colour: (x: number, y: number) => Colour): Uint8Array => Uint8Array.from(Array.from({ length: 100 * 100 }, (_, i) => colour(i % 100, Math.floor(i / 100))).flat());
const counts = (pen: Uint8Array): Partial<Record<PenColour, number>> => Object.fromEntries(penColours.map((colour, i) => [colour, pen.filter((value) => value === i + 1).length] as const).filter(([, count]) => count > 0));
const stripe = (ink: Colour, rest: Colour) => image((x) => (x >= 40 && x < 60 ? ink : rest));

describe('findPen', () => {
  it.each<[PenColour, Colour]>([
    ['blue', [60, 90, 190]],
    ['green', [60, 150, 100]],
    ['black', [45, 45, 50]],
    ['red', [225, 45, 40]],
  ])('finds %s ink, with a pixel of fringe over tissue', (colour, ink) => {
    expect(counts(findPen(stripe(ink, tissue), 100, 100, 8))).toEqual({ [colour]: 22 * 100 });
    expect(counts(findPen(stripe(ink, glass), 100, 100, 8))).toEqual({ [colour]: 20 * 100 });
  });

  it.each<[string, Colour]>([
    ['eosin', [215, 120, 170]],
    ['haematoxylin', [90, 60, 130]],
    ['dense nuclei', [70, 45, 110]],
    ['red blood cells', [205, 90, 100]],
    ['fat and glass', [240, 238, 241]],
    ['a grey shadow', [190, 188, 192]],
    ['scanner fill', [0, 0, 0]],
  ])('takes %s for no ink', (_, colour) => {
    expect(counts(findPen(stripe(colour, glass), 100, 100, 8))).toEqual({});
  });

  it('passes over specks, and takes pale ink where it hangs together with dark', () => {
    const pale: Colour = [185, 205, 235];
    expect(counts(findPen(image((x, y) => (x < 3 && y < 3 ? [60, 90, 190] : glass)), 100, 100, 8))).toEqual({});
    expect(counts(findPen(stripe(pale, glass), 100, 100, 8))).toEqual({});
    expect(counts(findPen(image((x, y) => (x < 40 || x >= 60 ? glass : y < 50 ? [60, 90, 190] : pale)), 100, 100, 8)).blue).toBeGreaterThanOrEqual(2000);
  });

  it('sees colours against the glass of the slide, not against white', () => {
    const tinted: Colour = [238, 232, 240];
    expect(counts(findPen(image(() => tinted), 100, 100, 8))).toEqual({});
  });
});

describe('pen marks on a slide', () => {
  const options = tilingSchema.parse({}).tissue;
  const slideOf = async (name: string) => {
    const path = join(folder, name);
    // Tissue on the left half, a blue stroke across everything.
    await paint(1600, 800, (x, y) => (y >= 360 && y < 440 ? [60, 90, 190] : x < 800 ? tissue : glass)).png().toFile(path);
    return openSlide(path);
  };

  it('count as tissue unless rejected', async () => {
    const slide = await slideOf('stroke.png');
    const kept = await findTissue(slide, 1, options);
    const rejected = await findTissue(slide, 1, { ...options, rejectPen: true });
    expect(kept.share(1000, 360, 400, 80)).toBe(1);
    expect(rejected.share(0, 360, 1600, 80)).toBe(0);
    expect(rejected.share(0, 0, 760, 340)).toBe(1);
    const { pen } = await slideQuality(slide, 1, kept);
    expect(pen.areas.blue).toBeCloseTo((1600 * 96) / 1e6, 2);
  });

  it.skipIf(!dicom)('finds green and blue strokes on a real slide, over tissue too', async () => {
    const slide = await openSlide(dicom!);
    // The file does not say; the section is some 13 mm wide.
    const mpp = 4;
    const [kept, rejected] = [await findTissue(slide, mpp, options), await findTissue(slide, mpp, { ...options, rejectPen: true })];
    const { pen } = await slideQuality(slide, mpp, kept);
    expect(Object.keys(pen.areas)).toEqual(expect.arrayContaining(['blue', 'green']));
    expect(pen.share).toBeGreaterThan(0.08);
    expect(pen.share).toBeLessThan(0.16);
    // A stroke beside the tissue, one across it, and tissue far from any.
    const at = (mask: typeof kept, x: number, y: number): number => Math.round(1e6 * mask.share(x * 3.595, y * 3.595, 36, 36)) / 1e6;
    expect([at(kept, 765, 245), at(rejected, 765, 245)]).toEqual([1, 0]);
    expect([at(kept, 235, 215), at(rejected, 235, 215)]).toEqual([1, 0]);
    expect([at(kept, 200, 290), at(rejected, 200, 290)]).toEqual([1, 1]);
    await slide.close();
  });

  it.skipIf(!colon)('finds the margin ink on real tissue, and none where there is none', async () => {
    const shares = new Map<number, number>();
    for (const number of [3, 9, 11, 12, 16, 24, 25, 43, 44, 54, 62, 79, 90, 92]) {
      const slide = await openSlide(shared(`data/colon/img${number}.webp`)!);
      shares.set(number, (await slideQuality(slide, 0.55, await findTissue(slide, 0.55, options))).pen.share);
    }
    for (const [number, share] of shares) {
      if (number === 11 || number === 12) expect(share).toBeGreaterThan(0.35);
      else if (number === 62) expect(share).toBeGreaterThan(0.1);
      else expect(share, `img${number}`).toBe(0);
    }
  });
});
