import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { conductRun, type RunOrder } from '../../../../src/host/run/conduct.js';
import { readJournal, readResult, readStatus } from '../../../../src/shared/run/read.js';
import { HardmineError } from '../../../../src/shared/errors.js';
import { listRuns } from '../../../../src/shared/run/list.js';
import { replaceJson } from '../../../../src/shared/files.js';
import { lostAfterMs } from '../../../../src/shared/run/heartbeat.js';
import type { RunContext } from '../../../../src/training/context.js';
import { experiment, result, runFolderIn, temporaryFolder } from './fixtures.js';

function order(runFolder: string, train: RunOrder['train'], change: Partial<RunOrder> = {}): RunOrder {
  return { experiment, experimentFile: join(runFolder, '..', 'fixture.mil.json'), runFolder, resume: false, train, report: async () => undefined, onEvent: () => undefined, onStopping: () => undefined, leave: () => undefined, now: Date.now, ...change };
}

const types = (folder: string): string[] => readJournal(join(folder, 'events.jsonl')).events.map(({ type }) => type);

describe('a run', () => {
  it('that ends well leaves result, journal, status and no lock', async () => {
    const folder = runFolderIn(temporaryFolder());
    const seen: string[] = [];
    const outcome = await conductRun(
      order(
        folder,
        async ({ emit, checkpoint, experimentFolder, cacheFolder }: RunContext) => {
          emit({ type: 'stage-started', stage: 'embed', round: 1 });
          emit({ type: 'progress', stage: 'embed', round: 1, done: 1, total: 4, unit: 'slides' });
          await checkpoint();
          expect(cacheFolder).toBe(join(experimentFolder, '.mil/cache'));
          expect(readStatus(folder)).toMatchObject({ state: 'running', stage: 'embed', round: 1, rounds: 2, pid: process.pid });
          return result;
        },
        { report: async () => void seen.push('report'), onEvent: ({ type }) => seen.push(type) },
      ),
    );
    expect(outcome).toEqual({ state: 'done', result });
    expect(seen).toEqual(['stage-started', 'progress', 'report']);
    expect(types(folder)).toEqual(['stage-started', 'progress']);
    expect(readResult(folder)).toEqual(result);
    expect(readStatus(folder)?.state).toBe('done');
    expect(existsSync(join(folder, 'run.lock'))).toBe(false);
  });

  it('is done even when its report cannot be written', async () => {
    const folder = runFolderIn(temporaryFolder());
    const outcome = await conductRun(order(folder, async () => result, { report: () => Promise.reject(new Error('no ink')) }));
    expect(outcome.state).toBe('done');
    expect(types(folder)).toEqual(['warning']);
  });

  it('that fails says so in journal and status', async () => {
    const folder = runFolderIn(temporaryFolder());
    const error = new HardmineError('slide-missing', 'gone', { place: { slide: '007' } });
    expect(await conductRun(order(folder, () => Promise.reject(error)))).toEqual({ state: 'failed', error });
    expect(types(folder)).toEqual(['run-failed']);
    expect(readStatus(folder)).toMatchObject({ state: 'failed', error: { code: 'slide-missing' } });
    expect(existsSync(join(folder, 'run.lock'))).toBe(false);
  });

  it('stops when control.json asks, and not again when it is resumed', async () => {
    const folder = runFolderIn(temporaryFolder());
    const endless: RunOrder['train'] = async ({ checkpoint }) => {
      for (;;) {
        await checkpoint();
        replaceJson(join(folder, 'control.json'), { request: 'stop' });
      }
    };
    expect(await conductRun(order(folder, endless))).toEqual({ state: 'interrupted', reason: 'stop-requested' });
    expect(readStatus(folder)?.state).toBe('interrupted');
    const again = await conductRun(
      order(folder, async ({ checkpoint }) => {
        await checkpoint();
        return result;
      }),
    );
    expect(again.state).toBe('done');
    expect(types(folder)).toEqual(['run-stopped']);
  });

  it.each([['asks to run', (file: string) => replaceJson(file, { request: 'run' })], ['is removed', (file: string) => rmSync(file)]])('waits while it is paused and goes on when control.json %s', async (_, release) => {
    const folder = runFolderIn(temporaryFolder());
    const control = join(folder, 'control.json');
    const running = conductRun(
      order(folder, async ({ checkpoint }) => {
        await checkpoint();
        replaceJson(control, { request: 'pause' });
        await setTimeout(300);
        await checkpoint();
        return result;
      }),
    );
    while (readStatus(folder)?.state !== 'paused') await setTimeout(20);
    writeFileSync(control, '{"request":');
    await setTimeout(300);
    expect(readStatus(folder)?.state).toBe('paused');
    release(control);
    expect((await running).state).toBe('done');
  });

  it('gives way to a host that took it over, and touches nothing of that host', async () => {
    const folder = runFolderIn(temporaryFolder());
    const outcome = await conductRun(
      order(folder, async ({ checkpoint }) => {
        writeFileSync(join(folder, 'run.lock'), '{"pid":1,"host":"other","machine":"other","start":""}');
        writeFileSync(join(folder, 'status.json'), 'theirs');
        for (;;) {
          await checkpoint();
          await setTimeout(50);
        }
      }),
    );
    expect(outcome).toMatchObject({ state: 'failed', error: { code: 'run-locked' } });
    expect(existsSync(join(folder, 'run.lock'))).toBe(true);
    expect(readFileSync(join(folder, 'status.json'), 'utf8')).toBe('theirs');
  });

  it('is not begun while another host has it', async () => {
    const folder = runFolderIn(temporaryFolder());
    let second: unknown;
    await conductRun(
      order(folder, async () => {
        second = await conductRun(order(folder, async () => result)).catch((error: unknown) => error);
        return result;
      }),
    );
    expect(second).toMatchObject({ code: 'run-locked' });
    expect(readStatus(folder)?.state).toBe('done');
  });
});

describe('the list of runs', () => {
  it('finds runs below a folder, newest first, and says which were lost', async () => {
    const root = temporaryFolder();
    const [done, lost] = [runFolderIn(root, 'out/1-a'), runFolderIn(root, 'cohort/.mil/runs/2-b')];
    await conductRun(order(done, async () => result, { now: () => 1000 }));
    replaceJson(join(lost, 'status.json'), { ...readStatus(done), state: 'running', started: 2000, heartbeat: 3000 });
    const at = async (now: number) => (await listRuns(root, now)).map(({ run, state }) => [run, state]);
    expect(await at(3000 + lostAfterMs)).toEqual([[lost, 'running'], [done, 'done']]);
    expect(await at(3001 + lostAfterMs)).toEqual([[lost, 'lost'], [done, 'done']]);
    expect(JSON.parse(JSON.stringify(await listRuns(root, 0)))[1].result.selectedRound).toBe(2);
    expect(readFileSync(join(done, 'result.json'), 'utf8')).toMatch(/\n$/);
  });
});
