import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { WorkerPool } from '../../../../../src/slides/pixels/codecs/worker-pool.js';

/** Doubles numbers; words tell it how to go wrong. */
const code = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (request) => {
  if (request === 'hang') for (;;);
  if (request === 'exit') process.exit(3);
  if (request === 'crash') throw new Error('out of its mind');
  if (request instanceof Uint8Array) return parentPort.postMessage({ result: request.length });
  parentPort.postMessage(request === 'refuse' ? { error: 'a tile is cut short' } : { result: 2 * request });
});`;
const started: Worker[] = [];
const start = (): Worker => {
  const worker = new Worker(code, { eval: true });
  started.push(worker);
  return worker;
};

afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.terminate()));
});

describe('a pool of workers', () => {
  it('answers each request, with no more workers than it may have', async () => {
    const pool = new WorkerPool<number, number>(start, 2);
    expect(await Promise.all(Array.from({ length: 20 }, (_, i) => pool.run(i)))).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i));
    expect(started).toHaveLength(2);
  });

  it('passes on why there is no result, and keeps the worker', async () => {
    const pool = new WorkerPool<number | string, number>(start, 1);
    await expect(pool.run('refuse')).rejects.toThrow('a tile is cut short');
    expect(await pool.run(4)).toBe(8);
    expect(started).toHaveLength(1);
  });

  it.each([
    ['hangs', 'hang', 'decoding took more than 0.2 s', 200],
    ['ends', 'exit', 'the decoder ended', 60_000],
    ['throws', 'crash', 'out of its mind', 60_000],
  ])('says so when a worker %s, and goes on with another', async (_, request, message, patience) => {
    const pool = new WorkerPool<string, number>(start, 1, patience);
    for (let time = 0; time < 2; time++) await expect(pool.run(request)).rejects.toThrow(message);
    expect(started).toHaveLength(2);
  });

  it('goes on after a worker has been lost', async () => {
    const pool = new WorkerPool<number | string, number>(start, 1);
    const answers = await Promise.allSettled([pool.run(1), pool.run('exit'), pool.run(3), pool.run('crash'), pool.run(5)]);
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : (answer.reason as Error).message))).toEqual([2, 'the decoder ended', 6, 'out of its mind', 10]);
    expect(started).toHaveLength(3);
  });

  it('hands memory over instead of copying it', async () => {
    const pool = new WorkerPool<Uint8Array, number>(start, 1);
    const bytes = new Uint8Array(1000);
    const answer = pool.run(bytes, [bytes.buffer]);
    expect(bytes.length).toBe(0);
    expect(await answer).toBe(1000);
  });
});
