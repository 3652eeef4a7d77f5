import { messageOf } from '../../shared/errors.js';
import type { RandomAccessFile } from '../tiff/file.js';

/** Holds most headers whole. */
const usual = 128 * 2 ** 10;

/**
 * Parses what begins at byte `offset`, reading ever more of the file until the parser has enough.
 * @param limit bytes at most. @param first bytes of the first try. @param parse returns undefined, or throws, where the bytes end too soon.
 * @throws Error with a short reason where no length would do.
 */
export async function parseFrom<Result>(file: RandomAccessFile, offset: number, limit: number, parse: (bytes: Buffer) => Result | undefined, first = usual): Promise<Result> {
  const most = Math.min(limit, (await file.size()) - offset);
  for (let length = Math.min(first, most); ; length = Math.min(length * 4, most)) {
    try {
      const result = parse(await file.read(offset, Math.max(0, length)));
      if (result !== undefined) return result;
    } catch (cause) {
      if (length >= most) throw new Error(`its header is damaged: ${messageOf(cause).replace(/^dicomParser[.:]\w+: /, '')}`, { cause });
    }
    if (length >= most) throw new Error(most === limit ? `its header is longer than ${limit / 2 ** 20} MB` : 'the file ends within its header');
  }
}
