import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readJournal, readStatus } from '../../../../src/shared/run/read.js';
import { summarizeRun } from '../../../../src/shared/run/list.js';
import { endHost } from '../../../../src/host/run/end-host.js';
import { lockRun } from '../../../../src/host/run/lock.js';
import { temporaryFolder } from './fixtures.js';

const script = fileURLToPath(new URL('endless.ts', import.meta.url));

async function begin(folder: string, ...words: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await said(child, 'begun');
  return child;
}

async function said(child: ChildProcess, word: string): Promise<void> {
  for await (const [chunk] of on(child)) if (String(chunk).includes(word)) return;
}

async function* on(child: ChildProcess): AsyncGenerator<unknown[]> {
  for (;;) yield await once(child.stdout!, 'data');
}

describe.skipIf(process.platform === 'win32')('signals', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s finishes the step, says so and exits with 130', async (signal) => {
    const folder = temporaryFolder();
    const child = await begin(folder);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(readStatus(folder)?.state).toBe('interrupted');
    expect(readJournal(join(folder, 'events.jsonl')).events.at(-1)).toMatchObject({ type: 'run-stopped', reason: 'interrupted' });
    expect(existsSync(join(folder, 'run.lock'))).toBe(false);
  });

  it('a second one leaves at once, the folder in order', async () => {
    const folder = temporaryFolder();
    const child = await begin(folder, 'stubborn');
    child.kill('SIGINT');
    await said(child, 'stopping');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
    expect(readStatus(folder)?.state).toBe('interrupted');
    expect(existsSync(join(folder, 'run.lock'))).toBe(false);
  });

  it('SIGKILL leaves a folder that the next host takes over and whose journal is sound', async () => {
    const folder = temporaryFolder();
    const child = await begin(folder);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readStatus(folder)?.state).toBe('running');
    expect(summarizeRun(folder, Date.now())?.state).toBe('lost');
    expect(readJournal(join(folder, 'events.jsonl')).events.length).toBeGreaterThan(0);
    const lock = lockRun(folder, () => 0);
    expect(lock.held()).toBe(true);
    lock.release();
  });

  it('ends a host that does not react, and leaves a folder that says so', async () => {
    const folder = temporaryFolder();
    const child = await begin(folder, 'stubborn');
    const exit = once(child, 'exit');
    await endHost(folder);
    expect(await exit).toEqual([null, 'SIGKILL']);
    expect(summarizeRun(folder, Date.now())?.state).toBe('interrupted');
    await expect(endHost(folder)).resolves.toBeUndefined();
  });

  it('ends nothing on another machine', async () => {
    const folder = temporaryFolder();
    const child = await begin(folder);
    const lock = join(folder, 'run.lock');
    writeFileSync(lock, JSON.stringify({ ...JSON.parse(readFileSync(lock, 'utf8')), machine: 'elsewhere', host: 'cluster-7' }));
    await expect(endHost(folder)).rejects.toThrow('cluster-7, another machine');
    expect(child.exitCode).toBe(null);
  });
});
