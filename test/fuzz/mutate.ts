import type { Random } from '../../src/shared/random.js';

/** Numbers that counts, offsets and sizes go wrong at. */
const telling = [0, 1, 2, 7, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0xffffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** A damaged copy of a file: one to four of the things that go wrong with bytes, lengths and offsets. */
export function mutate(seed: Buffer, donors: readonly Buffer[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(seed);
  for (let count = 1 + random.integer(4); count > 0 && bytes.length > 0; count--) bytes = mutations[random.integer(mutations.length)](bytes, donors, random);
  return bytes;
}

const mutations: readonly ((bytes: Buffer, donors: readonly Buffer[], random: Random) => Buffer)[] = [
  function someBytes(bytes, _, random) {
    for (let count = 1 + random.integer(16); count > 0; count--) bytes[place(bytes, random)] = random.integer(256);
    return bytes;
  },
  function oneBit(bytes, _, random) {
    bytes[place(bytes, random)] ^= 1 << random.integer(8);
    return bytes;
  },
  function number(bytes, _, random) {
    const value = random.integer(3) === 0 ? random.integer(2 * bytes.length) : telling[random.integer(telling.length)];
    const word = Buffer.alloc(8);
    if (random.integer(2) === 0) word.writeUInt32LE(value);
    else word.writeUInt32BE(value);
    const length = [2, 4, 8][random.integer(3)];
    word.copy(bytes, Math.min(place(bytes, random) & ~1, Math.max(0, bytes.length - length)), 0, length);
    return bytes;
  },
  function similarNumber(bytes, _, random) {
    const at = Math.min(place(bytes, random), Math.max(0, bytes.length - 4));
    if (bytes.length >= 4) bytes.writeUInt32LE((bytes.readUInt32LE(at) + random.integer(33) - 16) >>> 0, at);
    return bytes;
  },
  function cutShort(bytes, _, random) {
    return bytes.subarray(0, random.integer(bytes.length));
  },
  function hole(bytes, _, random) {
    const from = random.integer(bytes.length);
    return bytes.fill(random.integer(2) * 255, from, Math.min(bytes.length, from + random.integer(256)));
  },
  function splice(bytes, donors, random) {
    const donor = random.integer(2) === 0 ? Buffer.from(bytes) : donors[random.integer(donors.length)];
    const from = random.integer(donor.length);
    donor.copy(bytes, place(bytes, random), from, from + 1 + random.integer(512));
    return bytes;
  },
  function insert(bytes, _, random) {
    const at = random.integer(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(random.integer(bytes.length)).subarray(0, 1 + random.integer(64)), bytes.subarray(at)]);
  },
  function remove(bytes, _, random) {
    const at = random.integer(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.integer(64))]);
  },
];

/** Structure stands at either end of most files: there more often than within. */
function place(bytes: Buffer, random: Random): number {
  const near = Math.min(bytes.length, 1024);
  const where = random.integer(3);
  return where === 0 ? random.integer(near) : where === 1 ? bytes.length - 1 - random.integer(near) : random.integer(bytes.length);
}
