import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Experiment } from '../../../src/shared/experiment/index.js';
import { roundFiles, roundFolder } from '../../../src/shared/run/layout.js';
import type { RunEventBody } from '../../../src/shared/run/events.js';
import { roundMetricsSchema } from '../../../src/shared/run/metrics.js';
import { Interrupted, trainRun } from '../../../src/training/index.js';
import { makeFeatureCohort } from '../../fixtures/feature-cohort.js';
import { makeContext } from '../../fixtures/run-context.js';

describe('an aggregator that is trained from several sets of initial weights', () => {
  let folder: string;
  let plain: Experiment;
  let several: Experiment;
  let events: readonly RunEventBody[];
  beforeAll(async () => {
    ({ folder, experiment: plain } = await makeFeatureCohort());
    plain = { ...plain, optimizer: { ...plain.optimizer, patience: 0 } };
    several = { ...plain, optimizer: { ...plain.optimizer, restarts: 2 } };
    const context = makeContext(folder, several, { run: 'several' });
    await trainRun(context);
    events = context.events;
  });

  const validation = (of: readonly RunEventBody[]) => of.flatMap((event) => (event.type === 'loss' && event.split === 'validation' ? [{ epoch: event.epoch, total: event.total }] : []));
  const weights = (run: string) => readFileSync(path.join(folder, '.mil/runs', run, roundFolder(1), roundFiles.aggregator));

  it('trains as often, and counts its epochs on', () => {
    expect(validation(events).map(({ epoch }) => epoch)).toEqual(Array.from({ length: 3 * plain.optimizer.epochs }, (_, i) => i + 1));
    const restarts = events.flatMap((event) => (event.type === 'loss' && event.split === 'validation' ? [event.restart] : []));
    expect(restarts).toEqual([undefined, 1, 2].flatMap((restart) => Array.from({ length: plain.optimizer.epochs }, () => restart)));
    const starts = [1, 7, 13].map((epoch) => validation(events)[epoch - 1]!.total);
    expect(new Set(starts).size).toBe(3);
    const rates = events.flatMap((event) => (event.type === 'loss' && event.split === 'train' ? [event.lr] : []));
    expect(rates.slice(6, 12)).toEqual(rates.slice(0, 6));
  });

  it('keeps the epoch with the lowest validation loss of all', () => {
    const metrics = roundMetricsSchema.parse(JSON.parse(readFileSync(path.join(folder, '.mil/runs/several', roundFolder(1), roundFiles.metrics), 'utf8')));
    const lowest = validation(events).reduce((a, b) => (b.total < a.total ? b : a));
    expect(metrics.epoch).toBe(lowest.epoch);
  });

  it('begins as a run without restarts does', async () => {
    const context = makeContext(folder, plain, { run: 'plain' });
    await trainRun(context);
    expect(validation(context.events)).toEqual(validation(events).slice(0, plain.optimizer.epochs));
    const better = validation(events).slice(plain.optimizer.epochs).some(({ total }) => total < Math.min(...validation(context.events).map((one) => one.total)));
    expect(weights('several').equals(weights('plain'))).toBe(!better);
  });

  it('gives the same bits when it was stopped within a restart and resumed', async () => {
    const stopping = makeContext(folder, several, {
      run: 'stopped',
      checkpoint: async () => {
        if (validation(stopping.events).length > plain.optimizer.epochs) throw new Interrupted('stop-requested');
      },
    });
    await expect(trainRun(stopping)).rejects.toThrow(Interrupted);
    expect(validation(stopping.events).length).toBe(plain.optimizer.epochs + 1);
    await trainRun(makeContext(folder, several, { run: 'stopped', resume: true }));
    expect(weights('stopped').equals(weights('several'))).toBe(true);
  });

  it('stops each training early by its own losses', async () => {
    const impatient = { ...several, optimizer: { ...several.optimizer, patience: 1, lr: 1 } };
    const context = makeContext(folder, impatient, { run: 'impatient' });
    await trainRun(context);
    const losses = validation(context.events);
    expect(losses.length).toBeLessThan(3 * plain.optimizer.epochs);
    expect(losses.map(({ epoch }) => epoch)).toEqual(losses.map((_, i) => i + 1));
  });
});
