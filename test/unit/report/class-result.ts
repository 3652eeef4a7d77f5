import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { classMetrics, type ClassedSlide } from '../../../src/mil/metrics/index.js';
import { classStatistics } from '../../../src/mil/statistics/index.js';
import { experimentSchema, type ExperimentInput } from '../../../src/shared/experiment/index.js';
import { replaceJson } from '../../../src/shared/files.js';
import { Random } from '../../../src/shared/random.js';
import { runResultSchema, type RunResult } from '../../../src/shared/run/metrics.js';

export const classNames = ['lepidic', 'acinar', 'solid'];

/** Made-up predictions of slides with one class each, one slide a patient. @param solid how many are of the third class. */
function predicted(seed: number, solid: number): ClassedSlide[] {
  const random = new Random(seed);
  return Array.from({ length: 60 + solid }, (_, i) => {
    const of = i < 60 ? i % 2 : 2;
    return { patient: `p${i}`, classes: [of], probabilities: classNames.map((__, k) => 1 / (1 + Math.exp(-(random.normal() + (k === of ? 1.2 : -1.2))))) };
  });
}

/** Makes the run in a folder one of three classes, with numbers computed as a run computes them. */
export function asClasses(folder: string, solid = 30): RunResult {
  const [file, experimentFile] = [join(folder, 'result.json'), join(folder, 'experiment.json')];
  const { statistics: _, ...result } = runResultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const [validation, test] = [predicted(1, solid), predicted(2, solid)];
  const metrics = (slides: readonly ClassedSlide[]) => classMetrics(slides, { names: classNames, exclusive: true, negative: false, threshold: 0.5 }, 0.4, { resamples: 100, level: 0.95, random: new Random(3) });
  const classed: RunResult = { ...result, validation: metrics(validation), test: metrics(test), classStatistics: { validation: classStatistics(validation, validation, classNames, 0.95), test: classStatistics(test, validation, classNames, 0.95) } };
  replaceJson(file, classed);
  const experiment = JSON.parse(readFileSync(experimentFile, 'utf8')) as ExperimentInput;
  replaceJson(experimentFile, experimentSchema.parse({ ...experiment, cohort: { ...experiment.cohort, classes: classNames, negative: false } }));
  return classed;
}
