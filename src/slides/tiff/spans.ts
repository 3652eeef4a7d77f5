import type { RandomAccessFile } from './file.js';

/** Bytes of a file. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Gaps worth reading across, and the most that is read at once, bytes. */
const widestGap = 32 * 1024;
const longestRead = 8 * 2 ** 20;
/** No tile takes more than this, packed. */
const longestSpan = 256 * 2 ** 20;

/** Reads many places of a file; neighbours in one go. @returns in the order of `spans`. */
export async function readSpans(file: RandomAccessFile, spans: readonly Span[]): Promise<Buffer[]> {
  const order = spans.map((_, i) => i).sort((a, b) => spans[a].offset - spans[b].offset);
  const result = new Array<Buffer>(spans.length);
  const runs: number[][] = [];
  let end = -Infinity;
  for (const i of order) {
    const { offset, length } = spans[i];
    if (length > longestSpan) throw new Error(`a tile claims ${length} bytes`);
    const run = runs.at(-1);
    if (run && offset - end <= widestGap && offset + length - spans[run[0]].offset <= longestRead) run.push(i);
    else runs.push([i]);
    end = Math.max(runs.at(-1)!.length === 1 ? -Infinity : end, offset + length);
  }
  await Promise.all(
    runs.map(async (run) => {
      const start = spans[run[0]].offset;
      const stop = Math.max(...run.map((i) => spans[i].offset + spans[i].length));
      const bytes = await file.read(start, stop - start);
      for (const i of run) result[i] = bytes.subarray(spans[i].offset - start, spans[i].offset - start + spans[i].length);
    }),
  );
  return result;
}
