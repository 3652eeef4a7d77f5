import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { HardmineError } from '../../../shared/errors.js';
import { fileError, replaceFile } from '../../../shared/files.js';
import { openSlide } from '../../../slides/open.js';
import type { CohortSlide } from '../../contract.js';
import { slideBytes } from '../../hash.js';
import { printOf, slidePrintSchema, type SlidePrint } from './print.js';

/** Raised when the same slide gives another print. */
const version = 2;
const rememberedSchema = z.object({ version: z.literal(version), slides: z.record(z.string(), z.object({ changed: z.number(), print: slidePrintSchema })) });
type Remembered = z.output<typeof rememberedSchema>['slides'];

/**
 * Prints of slides, by id, as remembered in the cache since their files last changed. A slide that cannot be read has none:
 * others say so.
 * @param cacheFolder absolute; prints are kept in its file slide-prints.json.
 * @param read whether slides nobody has looked at yet are opened now.
 */
export async function collectPrints(slides: readonly CohortSlide[], cacheFolder: string, read: boolean): Promise<Map<string, SlidePrint>> {
  const file = join(cacheFolder, 'slide-prints.json');
  const remembered = recall(file);
  const prints = new Map<string, SlidePrint>();
  let added = 0;
  for (const { id, path } of slides) {
    const known = remembered[path];
    if (path === '' || (!known && !read)) continue;
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (changed === undefined) continue;
    if (known?.changed === changed) prints.set(id, known.print);
    else if (read) {
      const print = await attempt(path);
      if (!print) continue;
      prints.set(id, print);
      remembered[path] = { changed, print };
      added++;
    }
  }
  if (added > 0) keep(file, remembered, cacheFolder);
  return prints;
}

async function attempt(path: string): Promise<SlidePrint | undefined> {
  try {
    const slide = await openSlide(path);
    try {
      return await printOf(slide, slideBytes(path) ?? 0);
    } finally {
      await slide.close();
    }
  } catch (error) {
    if (error instanceof HardmineError) return undefined;
    throw error;
  }
}

let last: { readonly file: string; readonly changed: number; readonly slides: Remembered } | undefined;

/** The file is read again only when it changed: the editor asks at every rest of typing. */
function recall(file: string): Remembered {
  try {
    const changed = statSync(file).mtimeMs;
    if (last?.file !== file || last.changed !== changed) last = { file, changed, slides: rememberedSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).slides };
    return last.slides;
  } catch {
    // Made by nobody yet, or by another version: everything in the cache can be made anew.
    return {};
  }
}

/** A cache that cannot be written costs time, not the findings. */
function keep(file: string, slides: Remembered, cacheFolder: string): void {
  try {
    mkdirSync(cacheFolder, { recursive: true });
    replaceFile(file, JSON.stringify({ version, slides } satisfies z.output<typeof rememberedSchema>));
  } catch (error) {
    const known = fileError(error, file);
    if (!(known instanceof HardmineError)) throw error;
  }
}
