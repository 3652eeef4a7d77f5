import { expect, it } from 'vitest';
import { TileQueue } from '../../../../webview-ui/shared/viewer/tile-queue.js';

/** A queue whose loads end when told. */
function queue(limit: number, wanted: (job: string) => boolean = () => true) {
  const started: string[] = [];
  const given: string[] = [];
  const ends = new Map<string, () => void>();
  const made = new TileQueue<string>({ load: (job) => (started.push(job), new Promise((resolve) => ends.set(job, resolve))), wanted, giveBack: (job) => void given.push(job) }, limit);
  const end = async (job: string): Promise<void> => {
    ends.get(job)!();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { made, started, given, end };
}

it('loads a few at a time, the last asked for first', async () => {
  const { made, started, end } = queue(2);
  for (const job of ['a', 'b', 'c', 'd', 'e']) made.add(job);
  expect(started).toEqual(['a', 'b']);
  await end('a');
  expect(started).toEqual(['a', 'b', 'e']);
  await end('b');
  await end('e');
  expect(started).toEqual(['a', 'b', 'e', 'd', 'c']);
});

it('gives back what is no longer wanted when its turn comes, and goes on', async () => {
  const outdated = new Set<string>();
  const { made, started, given, end } = queue(1, (job) => !outdated.has(job));
  for (const job of ['a', 'b', 'c', 'd']) made.add(job);
  outdated.add('d').add('c');
  await end('a');
  expect(given).toEqual(['d', 'c']);
  expect(started).toEqual(['a', 'b']);
});

it('forgets what was aborted', async () => {
  const { made, started, end } = queue(1);
  for (const job of ['a', 'b', 'c']) made.add(job);
  made.remove('c');
  await end('a');
  await end('b');
  expect(started).toEqual(['a', 'b']);
});
