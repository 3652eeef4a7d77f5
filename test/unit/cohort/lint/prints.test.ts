import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { collectPrints } from '../../../../src/cohort/lint/prints/collect.js';
import { comparable, lookAlike, pairsAlike } from '../../../../src/cohort/lint/prints/likeness.js';
import { NearHashes } from '../../../../src/cohort/lint/prints/near-hashes.js';
import { differingBits, orientations, oriented, perceptualHash, type Hash } from '../../../../src/cohort/lint/prints/perceptual-hash.js';
import type { SlidePrint } from '../../../../src/cohort/lint/prints/print.js';
import { labelInSlideProperty } from '../../../../src/cohort/lint/rules/label-in-slide-property.js';
import { nearDuplicateSlides } from '../../../../src/cohort/lint/rules/near-duplicate-slides.js';
import { Random } from '../../../../src/shared/random.js';
import { paintSlide, scratchFolder } from '../fixtures.js';
import { cohortOf, said } from './fixtures.js';

const folder = scratchFolder();
const edge = 256;

/** A picture of blobs, as glass with tissue on it looks from afar. */
function blobs(seed: number): Sharp {
  const random = new Random(seed);
  const circles = Array.from({ length: 12 }, () => ({ x: random.between(0, edge), y: random.between(0, edge), r: random.between(10, 60), g: random.between(60, 180) }));
  const pixels = Buffer.alloc(3 * edge * edge, 240);
  for (let i = 0; i < edge * edge; i++) {
    const circle = circles.find(({ x, y, r }) => (x - (i % edge)) ** 2 + (y - Math.floor(i / edge)) ** 2 < r * r);
    if (circle) pixels.set([200, circle.g, 170], 3 * i);
  }
  return sharp(pixels, { raw: { width: edge, height: edge, channels: 3 } });
}

const changes: Readonly<Record<string, (image: Sharp) => Promise<unknown>>> = {
  'original.png': (image) => image.png().toFile(join(folder, 'original.png')),
  'compressed.jpg': (image) => image.jpeg({ quality: 40 }).toFile(join(folder, 'compressed.jpg')),
  'scaled.png': (image) => image.resize(150, 150).png().toFile(join(folder, 'scaled.png')),
  'brighter.png': (image) => image.modulate({ brightness: 1.05 }).png().toFile(join(folder, 'brighter.png')),
  'stretched.png': (image) => image.resize(256, 200, { fit: 'fill' }).png().toFile(join(folder, 'stretched.png')),
  'turned.png': (image) => image.rotate(90).png().toFile(join(folder, 'turned.png')),
  'mirrored.jpg': (image) => image.flop().jpeg({ quality: 60 }).toFile(join(folder, 'mirrored.jpg')),
  'cut2.png': (image) => image.extract({ left: 5, top: 5, width: 246, height: 246 }).png().toFile(join(folder, 'cut2.png')),
  'cut5.jpg': (image) => image.extract({ left: 13, top: 13, width: 230, height: 230 }).jpeg({ quality: 60 }).toFile(join(folder, 'cut5.jpg')),
  'cutAndTurned.png': async (image) => sharp(await image.extract({ left: 10, top: 10, width: 236, height: 236 }).png().toBuffer()).rotate(270).flop().png().toFile(join(folder, 'cutAndTurned.png')),
  'inked.png': (image) => image.recomb([[0, 1, 0], [0, 0, 1], [1, 0, 0]]).linear(0.6, 0).png().toFile(join(folder, 'inked.png')),
};
const row = (name: string) => ({ id: name, path: join(folder, name), label: 0 as const, classes: [], patient: name, mpp: undefined, line: 2 });
let prints: Map<string, SlidePrint>;

beforeAll(async () => {
  for (const make of Object.values(changes)) await make(blobs(1));
  for (let seed = 2; seed < 22; seed++) await blobs(seed).png().toFile(join(folder, `other${seed}.png`));
  await paintSlide(folder, 'blank.png');
  await paintSlide(folder, 'blank2.png');
  const names = [...Object.keys(changes), ...Array.from({ length: 20 }, (_, i) => `other${i + 2}.png`), 'blank.png', 'blank2.png', 'gone.png'];
  prints = await collectPrints(names.map(row), join(folder, 'cache'), true);
});
const like = (name: string): boolean => lookAlike(prints.get('original.png')!, prints.get(name)!);

describe('the perceptual hash', () => {
  it('says which of the lowest frequencies are positive, whatever the brightness and contrast', () => {
    const random = new Random(11);
    const amplitudes = Array.from({ length: 64 }, () => random.between(-1, 1));
    const wave = (place: number, frequency: number): number => Math.cos(((2 * place + 1) * frequency * Math.PI) / 64);
    const image = Array.from({ length: 32 * 32 }, (_, i) => amplitudes.reduce((sum, amplitude, k) => sum + amplitude * wave(i % 32, 1 + (k % 8)) * wave(Math.floor(i / 32), 1 + Math.floor(k / 8)), 0));
    const hash = perceptualHash(image);
    amplitudes.forEach((amplitude, k) => expect((hash[k >> 5]! >>> (k & 31)) & 1).toBe(amplitude > 0 ? 1 : 0));
    expect(differingBits(hash, perceptualHash(image.map((value) => 9 * value + 120)))).toBe(0);
    expect(differingBits(hash, perceptualHash(image.map((value) => -value)))).toBe(64);
  });

  it('of a picture laid another way is told from its hash', () => {
    const random = new Random(12);
    const image = Array.from({ length: 32 * 32 }, () => random.between(0, 255));
    const hash = perceptualHash(image);
    expect(orientations).toHaveLength(8);
    for (const orientation of orientations) {
      const laid = image.map((_, i) => {
        const [x, y] = [orientation.leftRight ? 31 - (i % 32) : i % 32, orientation.upDown ? 31 - Math.floor(i / 32) : Math.floor(i / 32)];
        return image[orientation.diagonal ? 32 * x + y : 32 * y + x]!;
      });
      expect(oriented(hash, orientation)).toEqual(perceptualHash(laid));
    }
    expect(new Set(orientations.map((one) => oriented(hash, one).join())).size).toBe(8);
  });

  it('counts bits', () => {
    expect(differingBits([0, 0], [0xffffffff, 0xffffffff])).toBe(64);
    expect(differingBits([0b1011, 0x80000000], [0b0001, 0])).toBe(3);
  });
});

describe('looking near hashes up', () => {
  it('finds those that differ in at most 8 bits, wherever the bits are', () => {
    const random = new Random(5);
    const hash = (): Hash => [random.integer(2 ** 16) * 2 ** 16 + random.integer(2 ** 16), random.integer(2 ** 16) * 2 ** 16 + random.integer(2 ** 16)];
    const wanted = hash();
    const near = Array.from({ length: 60 }, (_, i) => Array.from({ length: i % 12 }).reduce<Hash>(([low, high]) => (random.integer(2) === 0 ? [(low ^ (1 << random.integer(32))) >>> 0, high] : [low, (high ^ (1 << random.integer(32))) >>> 0]), wanted));
    const all = [...near, ...Array.from({ length: 2000 }, hash)];
    const found = new Set<number>();
    new NearHashes(all).near(wanted, 8, (place) => found.add(place));
    expect([...found].sort((a, b) => a - b)).toEqual([...all.keys()].filter((i) => differingBits(all[i]!, wanted) <= 8));
    expect(found.size).toBeGreaterThan(40);
  });
});

describe('likeness of slides', () => {
  it.each(['compressed.jpg', 'scaled.png', 'brighter.png', 'turned.png', 'mirrored.jpg', 'cut2.png', 'cut5.jpg', 'cutAndTurned.png'])('sees %s as the same', (name) => expect(like(name)).toBe(true));
  it.each(['stretched.png', 'inked.png'])('sees %s as another', (name) => expect(like(name)).toBe(false));

  it('takes no two of twenty other pictures for the same', () => {
    const others = [...prints].filter(([name]) => name.startsWith('other'));
    const alike = others.flatMap(([name, a], i) => others.slice(0, i).filter(([, b]) => lookAlike(a, b)).map(([other]) => `${name} ${other}`));
    expect(others).toHaveLength(20);
    expect(alike).toEqual([]);
  });

  it('finds the pairs that comparing all with all finds, asked once or twice', () => {
    const all = [...prints.values()].filter(comparable);
    const expected = all.flatMap((b, j) => all.slice(0, j).flatMap((a, i) => (lookAlike(a, b) ? [[i, j]] : [])));
    expect(expected.length).toBeGreaterThan(20);
    expect(pairsAlike(all)).toEqual(expected);
    expect(pairsAlike([...all])).toEqual(expected);
    expect(pairsAlike(all.slice(1))).toEqual(expected.filter(([a]) => a! > 0).map((pair) => pair.map((i) => i - 1)));
  });

  it('compares no picture of one tone, and prints nothing that is not there', () => {
    expect(comparable(prints.get('blank.png')!)).toBe(false);
    expect(comparable(prints.get('original.png')!)).toBe(true);
    expect(prints.has('gone.png')).toBe(false);
  });
});

describe('remembered prints', () => {
  it('are used without opening the slide, until it changes', async () => {
    const cache = join(folder, 'cache');
    expect(existsSync(join(cache, 'slide-prints.json'))).toBe(true);
    expect((await collectPrints([row('original.png')], cache, false)).get('original.png')).toEqual(prints.get('original.png'));
    utimesSync(join(folder, 'brighter.png'), 1, 1);
    expect((await collectPrints([row('brighter.png')], cache, false)).size).toBe(0);
    expect((await collectPrints([row('brighter.png')], cache, true)).size).toBe(1);
    expect((await collectPrints([row('brighter.png'), row('original.png')], cache, false)).size).toBe(2);
  });

  it('are made anew where the file of them is damaged', async () => {
    const cache = join(folder, 'damaged');
    await collectPrints([row('original.png')], cache, true);
    writeFileSync(join(cache, 'slide-prints.json'), readFileSync(join(cache, 'slide-prints.json'), 'utf8').slice(0, 40));
    expect((await collectPrints([row('original.png')], cache, false)).size).toBe(0);
    expect((await collectPrints([row('original.png')], cache, true)).size).toBe(1);
    rmSync(cache, { recursive: true });
  });
});

describe('near-duplicate-slides', () => {
  const cohort = (b: string) => cohortOf(2, { part: (i) => (i === 0 ? 'train' : 'test'), prints: new Map([['s0', prints.get('original.png')!], ['s1', prints.get(b)!]]) });

  it('names pairs in different parts', () => {
    expect(said(nearDuplicateSlides, cohort('scaled.png'))).toEqual(['Slide "s1" (test) looks the same as slide "s0" (train, line 2).']);
  });

  it('looks at every run of a cross-validation', () => {
    const together = new Map([['s0', 'train'], ['s1', 'train']] as const);
    const apart = new Map([['s0', 'test'], ['s1', 'train']] as const);
    expect(said(nearDuplicateSlides, { ...cohort('scaled.png'), split: together, splits: [together, apart] })).toEqual(['Slide "s1" (train) looks the same as slide "s0" (test, line 2).']);
  });

  it('is quiet about others, about one part, and about slides of one tone', () => {
    expect(said(nearDuplicateSlides, cohort('other2.png'))).toEqual([]);
    expect(said(nearDuplicateSlides, { ...cohort('scaled.png'), splits: [new Map([['s0', 'train'], ['s1', 'train']])] })).toEqual([]);
    expect(said(nearDuplicateSlides, cohortOf(2, { part: (i) => (i === 0 ? 'train' : 'test'), prints: new Map([['s0', prints.get('blank.png')!], ['s1', prints.get('blank2.png')!]]) }))).toEqual([]);
  });
});

describe('label-in-slide-property', () => {
  const random = new Random(3);
  const cohort = (change: (i: number) => Partial<SlidePrint>) => cohortOf(60, { prints: new Map(Array.from({ length: 60 }, (_, i) => [`s${i}`, { ...prints.get('original.png')!, bytes: random.integer(1e6), width: 1000 + random.integer(500), height: 1000 + random.integer(500), ...change(i) }])) });

  it.each<[string, (i: number) => Partial<SlidePrint>]>([
    ['the size of its file', (i) => ({ bytes: i % 2 === 1 ? 2e6 + i : 1e6 + i })],
    ['the maker of its scanner', (i) => (i % 2 === 1 ? { vendor: 'Aperio' } : {})],
    ['the resolution its file gives', (i) => ({ mpp: i % 2 === 1 ? 0.25 : 0.5 })],
    ['the mean green of its tissue', (i) => ({ tissue: [200, (i % 2 === 1 ? 90 : 120) + (i % 7), 160] })],
  ])('sees %s', (name, change) => {
    expect(said(labelInSlideProperty, cohort(change))).toEqual([expect.stringContaining(`Of a slide, ${name} alone tells the label`)]);
  });

  it('is quiet when nothing goes with the label, and when nobody has looked', () => {
    expect(said(labelInSlideProperty, cohort((i) => ({ mpp: i % 3 === 0 ? 0.25 : 0.5, vendor: ['a', 'b'][i % 5 === 0 ? 0 : 1]! })))).toEqual([]);
    expect(said(labelInSlideProperty, cohortOf(60))).toEqual([]);
  });
});
