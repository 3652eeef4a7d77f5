import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HardmineError } from '../shared/errors.js';
import { Random } from '../shared/random.js';
import { sampleExperiment } from './cohort/experiment.js';
import { fewestSlides, planCohort } from './cohort/plan.js';
import { cohortTable, slidePath } from './cohort/table.js';
import { truthOf } from './cohort/truth.js';
import { writePyramid } from './raster/write-tiff.js';
import { composeScene, paintSlide } from './slide.js';

export interface SampleOptions {
  /** How many; six at least. */
  readonly slides: number;
  /** Edge of a slide at level 0 (0.5 µm/px), 512 at least. */
  readonly size: number;
  readonly seed: number;
  /** Told after each slide. */
  onProgress?(done: number, total: number): void;
}

export interface Sample {
  readonly folder: string;
  readonly experimentFile: string;
  /** Ids of the slides. */
  readonly slides: readonly string[];
}

/**
 * Draws a cohort to learn and test on: `slides/*.tiff` (pyramids at 0.5 µm/px), `truth/*.geojson` (classes tumor, mimic,
 * fold, pen, tissue), `cohort.csv` and `sample.mil.json`. The same options give the same bytes.
 * @throws HardmineError `usage` for too few or too small slides.
 */
export async function drawSample(folder: string, { slides: count, size, seed, onProgress }: SampleOptions): Promise<Sample> {
  if (!(Number.isInteger(count) && count >= fewestSlides)) throw new HardmineError('usage', `A sample of ${count} slides cannot be split.`, { remedy: `Ask for ${fewestSlides} slides or more: training, validation and test need both classes.` });
  if (!(Number.isInteger(size) && size >= 512)) throw new HardmineError('usage', `Slides of ${size} px are too small to draw tissue on.`, { remedy: 'Ask for 512 px or more.' });
  const random = new Random(seed);
  const plan = planCohort(count, random.fork('cohort'));
  await mkdir(join(folder, 'slides'), { recursive: true });
  await mkdir(join(folder, 'truth'), { recursive: true });
  for (const [i, { id, label }] of plan.entries()) {
    const stream = random.fork(`slide/${id}`);
    const scene = composeScene(size, label, stream);
    await writePyramid(join(folder, slidePath(id)), paintSlide(scene, stream), size);
    await writeFile(join(folder, 'truth', `${id}.geojson`), `${JSON.stringify(truthOf(scene, stream.fork('truth')))}\n`);
    onProgress?.(i + 1, plan.length);
  }
  await writeFile(join(folder, 'cohort.csv'), cohortTable(plan));
  const experimentFile = join(folder, 'sample.mil.json');
  await writeFile(experimentFile, `${JSON.stringify(sampleExperiment(count, size), null, 2)}\n`);
  return { folder, experimentFile, slides: plan.map(({ id }) => id) };
}
