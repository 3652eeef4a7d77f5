import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { experimentSchema, type Experiment } from '../experiment/index.js';
import { withoutRetired } from '../experiment/retired.js';
import { runFiles } from './layout.js';

/** The experiment a run folder keeps, also of a run from before options were dropped that it did not use. @throws whatever reading, parsing or the schema has against it. */
export function readKeptExperiment(run: string): Experiment {
  return experimentSchema.parse(withoutRetired(JSON.parse(readFileSync(join(run, runFiles.experiment), 'utf8'))));
}
