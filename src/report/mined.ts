import sharp from 'sharp';
import { readCohort } from '../cohort/table/cohort.js';
import { messageOf } from '../shared/errors.js';
import type { BankTable } from '../shared/run/parquet.js';
import type { Role } from '../shared/run/tables.js';
import type { Slide } from '../slides/contract.js';
import { openSlide } from '../slides/open.js';
import type { RunRecord } from './record.js';

/** How many patches of each role a report shows. */
const shown = 24;
/** Edge of a thumbnail, px: sharp at the size of the grid on a dense screen. */
const thumbnailSize = 160;

/** One mined patch as a report shows it. */
export interface MinedPatch {
  readonly slide: string;
  /** Left, top and edge, level-0 pixels; undefined where the feature store had no coordinates. */
  readonly place: { readonly x: number; readonly y: number; readonly size: number } | undefined;
  readonly score: number;
  /** Within its slide, 1 highest. */
  readonly rank: number;
  readonly isNew: boolean;
  /** Instance truth, where given. */
  readonly truth: 'positive' | 'negative' | undefined;
  /** WebP; undefined where the slide cannot be read any more, or the place is not known. */
  readonly thumbnail: Buffer | undefined;
}

/** The mined patches of one role, highest scores first. */
export interface MinedGroup {
  readonly role: Exclude<Role, 'none'>;
  /** How many there are in all. */
  readonly total: number;
  readonly patches: readonly MinedPatch[];
}

export interface Mined {
  readonly round: number;
  readonly groups: readonly MinedGroup[];
  /** Why pictures are missing; one sentence a slide. */
  readonly missing: readonly string[];
}

/** The patches with the highest scores of the bank, with pictures cut from the slides as they lie now. */
export async function readMined(record: RunRecord): Promise<Mined | undefined> {
  if (!record.bank) return undefined;
  const { round, table } = record.bank;
  const chosen = (['hard-negative', 'positive'] as const).map((role) => ({ role, ...highest(table, role) }));
  const { pictures, missing } = await cut(record, table, chosen.flatMap(({ rows }) => rows));
  const groups = chosen.map(({ role, total, rows }): MinedGroup => ({ role, total, patches: rows.map((row) => patchAt(table, row, pictures.get(row))) }));
  return { round, groups, missing };
}

function highest(table: BankTable, role: Role): { total: number; rows: number[] } {
  const rows = [...table.role.keys()].filter((row) => table.role[row] === role);
  rows.sort((a, b) => table.score[b]! - table.score[a]! || a - b);
  return { total: rows.length, rows: rows.slice(0, shown) };
}

function patchAt(table: BankTable, row: number, thumbnail: Buffer | undefined): MinedPatch {
  const truth = table.truth[row];
  return {
    slide: table.slide[row]!,
    place: Number.isNaN(table.x[row]) ? undefined : { x: table.x[row]!, y: table.y[row]!, size: table.size[row]! },
    score: table.score[row]!,
    rank: table.rank[row]!,
    isNew: table.change[row] === 'new',
    truth: truth === 1 ? 'positive' : truth === 0 ? 'negative' : undefined,
    thumbnail,
  };
}

async function cut({ experiment, experimentFolder }: RunRecord, table: BankTable, rows: readonly number[]): Promise<{ pictures: Map<number, Buffer>; missing: string[] }> {
  const pictures = new Map<number, Buffer>();
  const missing: string[] = [];
  const { slides } = await readCohort(experiment.cohort, experimentFolder, { needSlides: false });
  const paths = new Map(slides.map(({ id, path }) => [id, path]));
  for (const id of new Set(rows.map((row) => table.slide[row]!))) {
    const path = paths.get(id);
    let slide: Slide | undefined;
    try {
      if (rows.some((row) => table.slide[row] === id && Number.isNaN(table.x[row]))) throw new Error('its features came without coordinates.');
      if (!path) throw new Error('the cohort table names no file for it.');
      slide = await openSlide(path);
      for (const row of rows.filter((candidate) => table.slide[candidate] === id)) {
        const edge = table.size[row]!;
        const pixels = await slide.read({ x: table.x[row]!, y: table.y[row]!, width: edge, height: edge }, { width: thumbnailSize, height: thumbnailSize });
        pictures.set(row, await sharp(pixels, { raw: { width: thumbnailSize, height: thumbnailSize, channels: 3 } }).webp({ quality: 80 }).toBuffer());
      }
    } catch (error) {
      missing.push(`No pictures of slide "${id}": ${messageOf(error)}`);
    } finally {
      await slide?.close();
    }
  }
  return { pictures, missing };
}
