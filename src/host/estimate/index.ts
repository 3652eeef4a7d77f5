import { statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Split, CohortSlide } from '../../cohort/contract.js';
import { splitCohort } from '../../cohort/split.js';
import { readCohort } from '../../cohort/table/cohort.js';
import type { Estimated, RunEstimate } from '../../shared/experiment/estimate.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { HardmineError, type ErrorCode } from '../../shared/errors.js';
import { describeMachine } from '../doctor/machine.js';
import { countPatches, type PatchCounts } from './count-patches.js';
import { diskOf, memoryOf } from './footprint.js';
import { timeFrozen } from './frozen.js';
import { resnetCost } from './resnet-cost.js';
import { timeOf } from './time.js';
import type { Sizes } from './work.js';

/**
 * What a run of an experiment would take on this machine: patches from tissue masks, time from past
 * runs or a probe, memory and disk from what was seen. Says of each how it was estimated.
 * @throws HardmineError when the cohort or a slide cannot be read.
 */
export async function estimate(experiment: Experiment, file: string): Promise<RunEstimate> {
  const folder = dirname(resolve(file));
  const { slides, split } = await cohortOf(experiment, folder);
  const counts = await countPatches(slides, experiment, folder);
  const sizes = sizesOf(slides, split, counts);
  const frozen = experiment.encoder.kind === 'onnx' ? await timeFrozen(experiment.encoder, experiment, folder) : undefined;
  const featureSize = experiment.encoder.kind === 'resnet' ? resnetCost(experiment.encoder, experiment.tiling.size).featureSize : (counts.featureSize ?? frozen!.featureSize);
  const { stages, how } = await timeOf(experiment, sizes, featureSize, frozen, folder);
  const { memory } = describeMachine(folder);
  const { bavail, bsize } = statfsSync(folder);
  return {
    slides: slides.length,
    patches: { value: counts.total, how: counts.how },
    time: { value: Object.values(stages).reduce((sum, ms) => sum + ms, 0), how },
    stages,
    memory: { value: memoryOf(experiment, sizes, featureSize, folder), how: memoryHow(experiment) },
    disk: { value: diskOf(experiment, sizes, featureSize), how: experiment.encoder.kind === 'features' ? 'tables of each round' : 'patches as raw pixels, features, tables and weights of each round; the cache can be deleted afterwards' },
    memoryThere: memory.total,
    diskFree: bavail * bsize,
  };
}

async function cohortOf({ cohort, split: options, encoder }: Experiment, folder: string): Promise<{ readonly slides: readonly CohortSlide[]; readonly split: Split }> {
  const { slides, diagnostics } = await readCohort(cohort, folder, { needSlides: encoder.kind !== 'features' });
  const { split, diagnostics: ofSplit } = splitCohort(slides, options, folder);
  const wrong = [...diagnostics, ...ofSplit].find(({ severity }) => severity === 'error');
  if (wrong) throw new HardmineError(wrong.code as ErrorCode, wrong.message, { place: wrong.place, remedy: 'Mend what "Check" finds first.' });
  return { slides, split };
}

function sizesOf(slides: readonly CohortSlide[], split: Split, { of }: PatchCounts): Sizes {
  const patches = (keep: (slide: CohortSlide) => boolean): number => slides.filter(keep).reduce((sum, { id }) => sum + of.get(id)!, 0);
  const train = slides.filter(({ id }) => split.get(id) === 'train');
  const positives = train.filter(({ label }) => label === 1).length;
  return {
    train: patches(({ id }) => split.get(id) === 'train'),
    validation: patches(({ id }) => split.get(id) === 'validation'),
    test: patches(({ id }) => split.get(id) === 'test'),
    trainNegatives: patches(({ id, label }) => split.get(id) === 'train' && label === 0),
    trainPositives: patches(({ id, label }) => split.get(id) === 'train' && label === 1),
    pairs: Math.max(positives, train.length - positives),
    largest: Math.max(0, ...of.values()),
  };
}

function memoryHow({ encoder }: Experiment): Estimated['how'] {
  switch (encoder.kind) {
    case 'resnet':
      return 'by counting what the convolutions of a training step keep, scaled by what runs were seen to take';
    case 'onnx':
      return 'from the size of the encoder file and of its images; roughly';
    case 'features':
      return 'from the largest slide and the features kept in memory';
  }
}
