import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sampleExperiment } from '../../../src/sample/cohort/experiment.js';
import { drawSample } from '../../../src/sample/index.js';
import type { ExperimentInput } from '../../../src/shared/experiment/index.js';
import { syntheticExperiment, writeSyntheticCohort } from '../synthetic/cohort.js';

interface DrawnCohort {
  readonly experiment: ExperimentInput;
  /** Class of the annotations that are known hard negatives. */
  readonly hard: string;
  draw(folder: string): Promise<unknown>;
}

const [slides, size] = [60, 1024];

/** Cohorts that a sweep draws itself. */
export const drawnCohorts: Readonly<Record<string, DrawnCohort>> = {
  synthetic: { experiment: syntheticExperiment, hard: 'mimic', draw: (folder) => writeSyntheticCohort(folder, 80, 1) },
  // The sample's own sixty epochs at 1e-3 leave the patch classifier untrained on so many slides: optimiser and scaling are those of the synthetic cohort.
  sample: {
    experiment: { ...sampleExperiment(slides, size), optimizer: syntheticExperiment.optimizer, aggregator: syntheticExperiment.aggregator, evaluation: syntheticExperiment.evaluation },
    hard: 'mimic',
    draw: (folder) => drawSample(folder, { slides, size, seed: 1 }),
  },
};

/** Draws a cohort where it is not there yet. @returns the experiment file all variants start from. */
export async function draw(name: string, folder: string): Promise<string> {
  const { experiment, draw } = drawnCohorts[name]!;
  if (!existsSync(path.join(folder, 'cohort.csv'))) await draw(folder);
  const file = path.join(folder, `${name}.base.json`);
  writeFileSync(file, JSON.stringify(experiment, undefined, 2));
  return file;
}
