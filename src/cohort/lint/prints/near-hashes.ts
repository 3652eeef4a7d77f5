import { bitsSet, type Hash } from './perceptual-hash.js';

/** Hashes are looked up by five bands of 13 bits, the last of 12: where at most 9 bits differ, some band differs in at most one. */
const bands = [0, 13, 26, 39, 52];
const width = 13;
const keys = 1 << width;

/** Every change of at most one bit. */
const changes = Uint16Array.from([0, ...Array.from({ length: width }, (_, i) => 1 << i)]);

/** Finds near hashes among many without comparing all with all (multi-index hashing, Norouzi et al. 2012). */
export class NearHashes {
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;
  /** By band: where the places of a key begin, and the places. */
  private readonly tables: { readonly starts: Uint32Array; readonly places: Uint32Array }[];

  constructor(hashes: readonly Hash[]) {
    this.low = Uint32Array.from(hashes, ([low]) => low);
    this.high = Uint32Array.from(hashes, ([, high]) => high);
    this.tables = bands.map((from) => tableOf(hashes, from));
  }

  /** Calls `found` with the place of every hash that differs in at most `most` bits (0–9), of some more than once. */
  near([low, high]: Hash, most: number, found: (place: number) => void): void {
    for (const [band, { starts, places }] of this.tables.entries()) {
      const key = keyOf(low, high, bands[band]);
      for (const change of changes) {
        const near = key ^ change;
        for (let at = starts[near]; at < starts[near + 1]; at++) {
          const place = places[at];
          if (bitsSet(this.low[place] ^ low) + bitsSet(this.high[place] ^ high) <= most) found(place);
        }
      }
    }
  }
}

function tableOf(hashes: readonly Hash[], from: number): { starts: Uint32Array; places: Uint32Array } {
  const starts = new Uint32Array(keys + 1);
  for (const [low, high] of hashes) starts[keyOf(low, high, from) + 1]++;
  for (let key = 0; key < keys; key++) starts[key + 1] += starts[key];
  const next = starts.slice();
  const places = new Uint32Array(hashes.length);
  for (const [place, [low, high]] of hashes.entries()) places[next[keyOf(low, high, from)]++] = place;
  return { starts, places };
}

function keyOf(low: number, high: number, from: number): number {
  const shifted = from === 0 ? low : from < 32 ? (low >>> from) | (high << (32 - from)) : high >>> (from - 32);
  return shifted & (keys - 1);
}
