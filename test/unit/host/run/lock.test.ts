import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockRun } from '../../../../src/host/run/lock.js';
import { thisProcess } from '../../../../src/shared/run/process.js';
import { lostAfterMs } from '../../../../src/shared/run/heartbeat.js';
import { temporaryFolder } from './fixtures.js';

const silent = (): number => Infinity;
const beating = (): number => 100;
const lockFile = (folder: string): string => join(folder, 'run.lock');

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

describe('the lock of a run', () => {
  it('lets one host in, and the next once it is released', () => {
    const folder = temporaryFolder();
    const lock = lockRun(folder, silent);
    expect(lock.held()).toBe(true);
    expect(() => lockRun(folder, silent)).toThrow(expect.objectContaining({ code: 'run-locked' }));
    expect(() => lockRun(folder, silent)).toThrow(new RegExp(`process ${process.pid} on `));
    lock.release();
    expect(existsSync(lockFile(folder))).toBe(false);
    lockRun(folder, silent).release();
  });

  it('is taken over from a process that is dead', async () => {
    const folder = temporaryFolder();
    writeFileSync(lockFile(folder), JSON.stringify({ ...thisProcess(), pid: await deadProcess() }));
    const lock = lockRun(folder, beating);
    expect(JSON.parse(readFileSync(lockFile(folder), 'utf8'))).toEqual(thisProcess());
    expect(readdirSync(folder)).toEqual(['run.lock']);
    lock.release();
  });

  it.skipIf(thisProcess().start === '')('is taken over when another process bears the number now', () => {
    const folder = temporaryFolder();
    writeFileSync(lockFile(folder), JSON.stringify({ ...thisProcess(), start: '1' }));
    expect(lockRun(folder, beating).held()).toBe(true);
  });

  it('of another machine counts until its heartbeat is lost', () => {
    const folder = temporaryFolder();
    writeFileSync(lockFile(folder), JSON.stringify({ ...thisProcess(), host: 'node17', machine: 'node17 boot' }));
    expect(() => lockRun(folder, () => lostAfterMs - 1)).toThrow(/on node17/);
    expect(lockRun(folder, () => lostAfterMs + 1).held()).toBe(true);
  });

  it('cut off while it was written counts only while somebody beats', () => {
    const folder = temporaryFolder();
    writeFileSync(lockFile(folder), '{"pid":');
    expect(() => lockRun(folder, beating)).toThrow(/another process/);
    expect(lockRun(folder, silent).held()).toBe(true);
  });

  it('knows when another host has taken it over, and leaves that host its lock', () => {
    const folder = temporaryFolder();
    const lock = lockRun(folder, silent);
    writeFileSync(lockFile(folder), JSON.stringify({ ...thisProcess(), host: 'other', machine: 'other' }));
    expect(lock.held()).toBe(false);
    lock.release();
    expect(existsSync(lockFile(folder))).toBe(true);
  });
});
