import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { roundFiles, roundFolder, runFiles } from '../../../src/shared/run/layout.js';
import { readOracle } from '../../../src/shared/run/oracle.js';
import { readPredictions } from '../../../src/shared/run/predictions.js';
import { trainRun } from '../../../src/training/index.js';
import { makePatchCohort, patchExperiment } from '../../fixtures/patch-cohort.js';
import { makeContext } from '../../fixtures/run-context.js';

/** All that a run is made of, but for times. */
const made = [roundFiles.scores, roundFiles.bank, roundFiles.aggregator, roundFiles.encoder, roundFiles.predictions];

describe('the oracle', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await makePatchCohort();
  });

  it('looks at test after each epoch, and changes nothing in the run', async () => {
    const plain = makeContext(folder, patchExperiment({}), { run: 'plain' });
    const watched = makeContext(folder, patchExperiment({ evaluation: { oracle: true } }), { run: 'watched' });
    const [without, withOracle] = [await trainRun(plain), await trainRun(watched)];
    expect(existsSync(path.join(plain.runFolder, runFiles.oracle))).toBe(false);
    expect(without.oracle).toBeUndefined();
    expect(withOracle.oracle).toBe(true);

    for (const round of [1, 2]) {
      for (const file of made) {
        const of = (run: string): Buffer => readFileSync(path.join(run, roundFolder(round), file));
        expect(of(watched.runFolder).equals(of(plain.runFolder)), `${file} of round ${round}`).toBe(true);
      }
    }
    expect(withOracle.test).toEqual(without.test);
    const told = (context: typeof plain) => context.events.filter((event) => event.type === 'loss' && event.stage === 'aggregate');
    expect(told(watched)).toEqual(told(plain));

    const epochs = readOracle(watched.runFolder)!;
    const validated = told(plain).filter((event) => event.type === 'loss' && event.split === 'validation');
    expect(epochs.length).toBe(validated.length);
    const last = epochs.filter(({ round }) => round === withOracle.selectedRound).map(({ auroc }) => auroc!);
    expect(Math.max(...last)).toBeGreaterThanOrEqual(withOracle.test.auroc.value!);
  });

  it('leaves statistics and patients beside the metrics of any run', async () => {
    const context = makeContext(folder, patchExperiment({}), { run: 'told' });
    const { statistics, test } = await trainRun(context);
    expect(statistics!.test.delong.value).toBeCloseTo(test.auroc.value!, 12);
    expect(statistics!.test.positives.slides + statistics!.test.negatives.slides).toBe(test.slides);
    expect(statistics!.test.operatingPoints.map(({ target }) => target)).toEqual([0.9, 0.95]);
    const predictions = readPredictions(path.join(context.runFolder, runFiles.testPredictions))!;
    expect(new Set(predictions.map(({ patient }) => patient)).size).toBe(test.patients);
  });
});
