import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readJournal, readStatus } from '../../../src/shared/run/read.js';
import { featureExperiment, makeFeatureCohort } from '../../fixtures/feature-cohort.js';

const main = fileURLToPath(new URL('../../../src/host/main.ts', import.meta.url));
const loader = import.meta.resolve('tsx');

function mil(folder: string, ...words: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', loader, main, ...words], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout.trim(), err: stderr };
}

async function until(condition: () => boolean, limit = 60_000): Promise<void> {
  for (const deadline = Date.now() + limit; !condition(); await sleep(50)) if (Date.now() > deadline) throw new Error('waited in vain');
}

/** Starts a detached run too long to end by itself. */
async function longRun(): Promise<{ folder: string; run: string }> {
  const { folder } = await makeFeatureCohort();
  const experiment = featureExperiment({ optimizer: { epochs: 100_000, lr: 1e-3, patience: 0 }, mining: { rounds: 1 } });
  writeFileSync(join(folder, 'x.mil.json'), JSON.stringify(experiment));
  const { code, out } = mil(folder, 'train', 'x.mil.json', '--detach');
  expect(code).toBe(0);
  onTestFinished(() => {
    if (readStatus(out)?.state === 'running') process.kill(readStatus(out)!.pid, 'SIGKILL');
  });
  return { folder, run: out };
}

describe('mil train --detach', () => {
  it('returns while the run goes on in a process of its own; pause, continue and stop reach it by its folder', async () => {
    const { folder, run } = await longRun();
    expect(readStatus(run)).toMatchObject({ state: 'running' });
    await until(() => readJournal(join(run, 'events.jsonl')).events.some(({ type }) => type === 'loss'));

    expect(mil(folder, 'pause', run)).toMatchObject({ code: 0, out: 'features will pause after this step.' });
    await until(() => readStatus(run)?.state === 'paused');
    expect(mil(folder, 'continue', run).code).toBe(0);
    await until(() => readStatus(run)?.state === 'running');
    expect(mil(folder, 'stop', run).code).toBe(0);
    await until(() => readStatus(run)?.state === 'interrupted');
    await until(() => readFileSync(join(run, 'host.log'), 'utf8').includes('--resume'));

    const again = mil(folder, 'stop', run);
    expect(again.code).toBe(2);
    expect(again.err).toContain('it is interrupted');
  });

  it('goes on with a stopped run', async () => {
    const { folder, run } = await longRun();
    mil(folder, 'stop', run);
    await until(() => readStatus(run)?.state === 'interrupted');
    const first = readStatus(run)!.pid;
    expect(mil(folder, 'train', 'x.mil.json', '--resume', run, '--detach')).toMatchObject({ code: 0, out: run });
    expect(readStatus(run)!.pid).not.toBe(first);
    const starts = () => readJournal(join(run, 'events.jsonl')).events.filter(({ type }) => type === 'run-started');
    await until(() => starts().length > 1);
    expect(starts()).toMatchObject([{ resumed: false }, { resumed: true }]);
    mil(folder, 'stop', run);
    await until(() => readStatus(run)?.state === 'interrupted');
  });

  it('makes no run of an experiment at fault', () => {
    const { code, err } = mil(join(main, '..'), 'train', 'nowhere.mil.json', '--detach');
    expect(code).toBe(2);
    expect(err).toContain('experiment-unreadable');
    expect(existsSync(join(main, '..', '.mil'))).toBe(false);
  });
});
