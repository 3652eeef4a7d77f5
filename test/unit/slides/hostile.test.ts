import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSlide } from '../../../src/slides/open.js';
import { runCampaign } from '../../fuzz/campaign.js';
import { ChildReader } from '../../fuzz/child-reader.js';
import { makeSeeds } from '../../fuzz/seeds.js';
import { dicomFile, syntaxes, type DicomFixture } from '../../fixtures/dicom.js';
import { encoded, paint, scratchFolder } from './fixtures.js';

const folder = scratchFolder();
let reader: ChildReader;
beforeAll(async () => {
  reader = await ChildReader.start([...(await makeSeeds())], folder, false);
});
afterAll(() => reader.stop());

const [short, long] = [3, 4];
type Entry = readonly [tag: number, type: number, values: readonly number[]];

/** Directories of a little-endian TIFF, one after the other from byte 8 on; `next` are the links they end with. */
function tiff(directories: readonly (readonly Entry[])[], next?: readonly number[]): Buffer {
  const bytes = Buffer.alloc(10_000);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(8, 4);
  let values = 4096;
  let at = 8;
  directories.forEach((entries, index) => {
    bytes.writeUInt16LE(entries.length, at);
    for (const [i, [tag, type, list]] of [...entries].sort(([a], [b]) => a - b).entries()) {
      const entry = at + 2 + 12 * i;
      bytes.writeUInt16LE(tag, entry);
      bytes.writeUInt16LE(type, entry + 2);
      bytes.writeUInt32LE(list.length, entry + 4);
      const size = type === short ? 2 : 4;
      let to = entry + 8;
      if (list.length * size > 4) {
        bytes.writeUInt32LE(values, to);
        to = values;
        values += list.length * size;
      }
      for (const [j, value] of list.entries()) bytes.writeUIntLE(value, to + j * size, size);
    }
    const link = at + 2 + 12 * entries.length;
    at = link + 4;
    bytes.writeUInt32LE(next ? next[index] : index + 1 < directories.length ? at : 0, link);
  });
  return bytes;
}

const image = (width: number, height: number, ...more: Entry[]): Entry[] => {
  const entries: Entry[] = [[256, long, [width]], [257, long, [height]], [258, short, [8, 8, 8]], [259, short, [1]], [262, short, [2]], [277, short, [3]]];
  return [...entries.filter(([tag]) => !more.some(([other]) => other === tag)), ...more];
};
const strip = (...more: Entry[]): Entry[] => image(20, 10, [273, long, [8000]], [278, long, [10]], [279, long, [600]], ...more);
const tiles = (width: number, height: number, edge: number, count: number, ...more: Entry[]): Entry[] =>
  image(width, height, [322, long, [edge]], [323, long, [edge]], [324, long, new Array<number>(count).fill(8000)], [325, long, new Array<number>(count).fill(600)], ...more);

const level = { width: 100, height: 80, tile: 32 };
const frames = Array.from({ length: 12 }, () => Buffer.alloc(32 * 32 * 3, 7));
const dicom = (fixture: Partial<DicomFixture>): Buffer => dicomFile({ ...level, frames, ...fixture });

/** The value of an element replaced, wherever its tag, representation and length stand. */
function patched(bytes: Buffer, element: readonly number[], value: number): Buffer {
  const at = bytes.indexOf(Buffer.from(element));
  if (at < 0) throw new Error('No such element.');
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value >>> 0, at + element.length);
  return copy;
}

async function pngOf(width: number, height: number): Promise<Buffer> {
  const png = await paint(16, 16, encoded).png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

const hostile: Readonly<Record<string, Buffer | Promise<Buffer>>> = {
  'nothing': Buffer.alloc(0),
  'one byte': Buffer.of(0x49),
  'a TIFF header alone': tiff([]).subarray(0, 8),
  'a directory that links to itself': tiff([strip()], [8]),
  'two directories that link to each other': tiff([strip(), strip()], [8 + 2 + 12 * 9 + 4, 8]),
  'a reduced image that is its own page': tiff([tiles(64, 64, 32, 4, [330, long, [8]])]),
  'a directory behind the end': tiff([strip()], [0xfffffff0]),
  'the largest sides, one strip': tiff([image(0xffffffff, 0xffffffff, [273, long, [8000]], [278, long, [0xffffffff]], [279, long, [600]])]),
  'the largest sides, tiles of 16': tiff([tiles(0xffffffff, 0xffffffff, 16, 1)]),
  'the largest tiles': tiff([tiles(0x7fffffff, 0x7fffffff, 0x7ffffff0, 1)]),
  'JPEG 2000 tiles of a billion columns': tiff([tiles(64, 64, 0x40000000, 4, [259, short, [33005]])]),
  'tiles of no width': tiff([tiles(64, 64, 0, 1)]),
  'no pixels at all': tiff([image(0, 0, [273, long, [8000]], [278, long, [1]], [279, long, [600]])]),
  '10 GB in 10 kB, tiles missing': tiff([tiles(58_000, 58_000, 256, 100)]),
  '10 GB in 10 kB, one strip': tiff([image(58_000, 58_000, [273, long, [8000]], [278, long, [58_000]], [279, long, [600]])]),
  'offsets behind the end': tiff([strip([273, long, [0xffffffff]])]),
  'more bytes than the file has': tiff([strip([279, long, [0xffffffff]])]),
  'a list longer than the file': (() => {
    const bytes = tiff([strip()]);
    bytes.writeUInt32LE(0x7fffffff, 8 + 2 + 12 * 6 + 4);
    return bytes;
  })(),
  ...Object.fromEntries([2, 5, 6, 7, 8, 32773, 33003, 33005, 34712, 50001, 65535].map((compression) => [`compression ${compression} that is none`, tiff([tiles(64, 64, 32, 4, [259, short, [compression]])])])),
  'five hundred samples': tiff([strip([277, short, [500]])]),
  'a PNG of 2 billion columns': pngOf(0x7fffffff, 0x7fffffff),
  'a PNG of 4 gigapixels': pngOf(65_000, 65_000),
  'DICOM and nothing': Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]),
  'a DICOM matrix of 2 billion columns': patched(patched(dicom({}), [0x48, 0, 6, 0, 0x55, 0x4c, 4, 0], 0x7fffffff), [0x48, 0, 7, 0, 0x55, 0x4c, 4, 0], 0x7fffffff),
  'a DICOM matrix of 4 billion columns': patched(dicom({}), [0x48, 0, 6, 0, 0x55, 0x4c, 4, 0], 0xffffffff),
  'DICOM frames of 65535 rows and columns': patched(patched(dicom({}), [0x28, 0, 0x10, 0, 0x55, 0x53, 2, 0], 0x0028ffff), [0x28, 0, 0x11, 0, 0x55, 0x53, 2, 0], 0x0028ffff),
  'DICOM pixels longer than the file': patched(dicom({}), [0xe0, 0x7f, 0x10, 0, 0x4f, 0x42, 0, 0], 0xfffffffe),
  'a DICOM offset table out of its pixels': patched(dicom({ syntax: syntaxes.jpeg }), [0xfe, 0xff, 0, 0xe0, 48, 0, 0, 0], 0xfffffff0),
  'DICOM sequences ten thousand deep': (() => {
    const open = Buffer.from('48000501535100 00ffffffff feff00e0ffffffff'.replaceAll(' ', ''), 'hex');
    const whole = dicom({});
    const at = whole.indexOf(Buffer.from([0x48, 0, 6, 0, 0x55, 0x4c]));
    return Buffer.concat([whole.subarray(0, at), ...new Array<Buffer>(10_000).fill(open), whole.subarray(at)]);
  })(),
};

test.each(Object.keys(hostile))('%s: an error for people, soon and without much memory; the process lives', async (name) => {
  const path = join(folder, 'hostile');
  writeFileSync(path, await hostile[name]);
  const answer = await reader.ask(path);
  expect(reader.problemOf(answer)).toBeUndefined();
  expect(answer).toMatchObject({ outcome: 'refused' });
});

test('names with spaces, quotes, newlines and other scripts are read as any', async () => {
  for (const name of ['a b.png', `it's "quoted".png`, 'two\nlines.png', 'схема 片 ü.png', '%20$(x)`;&.png', '-rf.png']) {
    const path = join(folder, name);
    await paint(40, 30, encoded).png().toFile(path);
    const slide = await openSlide(path);
    expect([...(await slide.read({ x: 39, y: 29, width: 1, height: 1 }, { width: 1, height: 1 }))]).toEqual(encoded(39, 29));
    await slide.close();
  }
});

test('loops of links, and what is neither file nor folder', async () => {
  symlinkSync('b.svs', join(folder, 'a.svs'));
  symlinkSync('a.svs', join(folder, 'b.svs'));
  await expect(openSlide(join(folder, 'a.svs'))).rejects.toMatchObject({ name: 'HardmineError', code: 'slide-missing' });
  const inside = join(folder, 'inside');
  mkdirSync(inside);
  symlinkSync('.', join(inside, 'itself'));
  await expect(openSlide(inside)).rejects.toMatchObject({ code: 'slide-format' });
  if (process.platform === 'win32') return;
  const pipe = join(folder, 'pipe.svs');
  execFileSync('mkfifo', [pipe]);
  await expect(openSlide(pipe)).rejects.toMatchObject({ code: 'slide-format' });
});

test('some hundred damaged files of every format', async () => {
  const { files, read, refused, failures } = await runCampaign({ files: 400, seed: 7 });
  expect(failures).toEqual([]);
  // Both happen: what is damaged is refused, what is not touched where it matters is read.
  expect(read).toBeGreaterThan(0);
  expect(read + [...refused.values()].reduce((a, b) => a + b, 0)).toBe(files);
});
