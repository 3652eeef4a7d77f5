import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { PatchPictures } from '../../src/shared/rpc/banks.js';

/** A picture: its blob URL, `waiting` for it, or `missing` where it cannot be cut. */
export type Picture = { readonly url: string } | 'waiting' | 'missing';

/** Pictures kept: at 12 kB each about 25 MB. */
const kept = 2000;
/** Pictures of one request, and requests under way: little enough that a scroll elsewhere is soon heeded. */
const batch = 16;
const underWay = 2;
/** After a leap to other cells nothing is asked for until the person rests for so long, ms. */
const rest = 80;

/**
 * Thumbnails of the cells in sight. What is asked for next is decided when there is room for a request, from
 * what is in sight then: cells that were scrolled past are never asked for.
 */
export class Pictures {
  private readonly pictures = new Map<number, Signal<Picture>>();
  private wanted: readonly number[] = [];
  private readonly asked = new Set<number>();
  private requests = 0;
  private closed = false;
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly fetch: (rows: readonly number[]) => Promise<PatchPictures>,
    private readonly onProblems: (problems: readonly string[]) => void,
  ) {}

  /** The picture of a row, now and as it comes. */
  of(row: number): ReadonlySignal<Picture> {
    const known = this.pictures.get(row);
    if (known) return known;
    const made = signal<Picture>('waiting');
    this.pictures.set(row, made);
    return made;
  }

  /** Says which rows are in sight, those to come first first. */
  want(rows: readonly number[]): void {
    const before = new Set(this.wanted);
    const leapt = before.size > 0 && !rows.some((row) => before.has(row));
    this.wanted = rows;
    // In sight means used: they go to the young end of the map.
    for (const row of rows) {
      const picture = this.of(row) as Signal<Picture>;
      this.pictures.delete(row);
      this.pictures.set(row, picture);
    }
    this.forget();
    if (leapt || this.resting !== undefined) {
      clearTimeout(this.resting);
      this.resting = setTimeout(() => {
        this.resting = undefined;
        this.ask();
      }, rest);
    } else this.ask();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.resting);
    for (const { value } of this.pictures.values()) revoke(value);
    this.pictures.clear();
  }

  private ask(): void {
    while (this.requests < underWay && this.resting === undefined && !this.closed) {
      const rows = this.wanted.filter((row) => this.pictures.get(row)?.peek() === 'waiting' && !this.asked.has(row)).slice(0, batch);
      if (rows.length === 0) return;
      this.requests++;
      for (const row of rows) this.asked.add(row);
      void this.request(rows);
    }
  }

  private async request(rows: readonly number[]): Promise<void> {
    try {
      const { bytes, ends, problems } = await this.fetch(rows);
      if (this.closed) return;
      // One blob for all: making one costs more than cutting it.
      const all = new Blob([new Uint8Array(bytes)]);
      rows.forEach((row, i) => this.put(row, all.slice(i === 0 ? 0 : ends[i - 1], ends[i], 'image/jpeg')));
      if (problems.length > 0) this.onProblems(problems);
    } catch (error) {
      if (!this.closed) {
        for (const row of rows) this.put(row, new Blob());
        this.onProblems([error instanceof Error ? error.message : String(error)]);
      }
    } finally {
      this.requests--;
      for (const row of rows) this.asked.delete(row);
      this.ask();
    }
  }

  private put(row: number, jpeg: Blob): void {
    const picture = this.pictures.get(row);
    if (!picture) return;
    revoke(picture.peek());
    picture.value = jpeg.size === 0 ? 'missing' : { url: URL.createObjectURL(jpeg) };
  }

  /** Lets go of the pictures longest out of sight. */
  private forget(): void {
    for (const [row, picture] of this.pictures) {
      if (this.pictures.size <= kept) return;
      revoke(picture.peek());
      this.pictures.delete(row);
    }
  }
}

function revoke(picture: Picture): void {
  if (typeof picture === 'object') URL.revokeObjectURL(picture.url);
}
