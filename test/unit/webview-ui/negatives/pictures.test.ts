import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { PatchPictures } from '../../../../src/shared/rpc/banks.js';
import { Pictures } from '../../../../webview-ui/negatives/pictures.js';

/** Requests that are answered when the test says so; each picture is the byte of its row. */
function desk() {
  const requests: { readonly rows: readonly number[]; answer(): Promise<void>; fail(): Promise<void> }[] = [];
  const problems: string[] = [];
  const pictures = new Pictures(
    (rows) =>
      new Promise<PatchPictures>((resolve, reject) => {
        const found = rows.filter((row) => row !== 13);
        requests.push({
          rows,
          answer: () => (resolve({ bytes: Uint8Array.from(found), ends: Int32Array.from(rows, (_, i) => rows.slice(0, i + 1).filter((row) => row !== 13).length), problems: found.length < rows.length ? ['no 13'] : [] }), sleep(1)),
          fail: () => (reject(new Error('gone')), sleep(1)),
        });
      }),
    (said) => problems.push(...said),
  );
  return { requests, problems, pictures };
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe('thumbnails', () => {
  it('are asked for in batches, two at a time, after a leap when the scrolling rests, and never for what was scrolled past', async () => {
    const { requests, pictures } = desk();
    pictures.want(range(0, 60));
    expect(requests.map(({ rows }) => rows)).toEqual([range(0, 16), range(16, 32)]);
    pictures.want(range(500, 530));
    pictures.want(range(100, 130));
    await requests[0]!.answer();
    expect(requests).toHaveLength(2);
    await sleep(150);
    expect(requests.slice(2).map(({ rows }) => rows)).toEqual([range(100, 116)]);
    await requests[1]!.answer();
    expect(requests.slice(3).map(({ rows }) => rows)).toEqual([range(116, 130)]);
    expect(pictures.of(31).value).toMatchObject({ url: expect.stringMatching(/^blob:/) });
    expect(pictures.of(40).value).toBe('waiting');
    pictures.close();
  });

  it('that cannot be cut are missing, with a reason, and are not asked for again', async () => {
    const { requests, problems, pictures } = desk();
    pictures.want([12, 13]);
    await requests[0]!.answer();
    expect(pictures.of(13).value).toBe('missing');
    expect(pictures.of(12).value).toMatchObject({ url: expect.any(String) });
    expect(problems).toEqual(['no 13']);
    pictures.want([13, 14]);
    await requests[1]!.fail();
    expect(pictures.of(14).value).toBe('missing');
    expect(problems).toEqual(['no 13', 'gone']);
    pictures.want([13, 14]);
    expect(requests).toHaveLength(2);
    pictures.close();
  });

  it('longest out of sight are let go of', async () => {
    const { requests, pictures } = desk();
    pictures.want([1]);
    await requests[0]!.answer();
    const first = pictures.of(1);
    pictures.want(range(1000, 3100));
    expect(pictures.of(1)).not.toBe(first);
    expect(pictures.of(1).value).toBe('waiting');
    pictures.close();
  });
});
