import { basename, dirname, resolve } from 'node:path';
import { splitCohort } from '../cohort/split.js';
import { readCohort } from '../cohort/table/cohort.js';
import type { Diagnostic } from '../shared/diagnostics.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { ParsedExperiment } from '../shared/experiment/parse.js';
import { readLineage } from '../shared/run/read.js';

/**
 * That an encoder starts from weights of a run which learnt from slides that are test or validation here,
 * or was chosen by test slides: its result would look better than it is. Weights lie in `<run>/rounds/NN`, and the
 * run's lineage says which slides it used for what.
 */
export async function checkWeights({ encoder, cohort, split: options }: Experiment, baseFolder: string, placeOf: ParsedExperiment['placeOf']): Promise<Diagnostic[]> {
  if (encoder.kind !== 'resnet' || encoder.weights === undefined) return [];
  const run = dirname(dirname(dirname(resolve(baseFolder, encoder.weights))));
  const before = readLineage(run)?.split;
  if (!before) return [];
  const { slides } = await readCohort(cohort, baseFolder, { needSlides: false });
  const { split } = splitCohort(slides, options, baseFolder);
  const seen = [...split].filter(([id, part]) => (part === 'test' && (before[id] === 'train' || before[id] === 'validation')) || (part === 'validation' && before[id] === 'train'));
  const [first] = seen;
  if (!first) return [];
  return [
    {
      severity: 'error',
      code: 'test-used-for-selection',
      message: `These weights come from the run ${basename(run)}, which has learnt from or was chosen by ${seen.length} ${seen.length === 1 ? 'slide' : 'slides'} that validate or test here, first "${first[0]}" (${before[first[0]]} there, ${first[1]} here).`,
      remedy: 'Use the same split as that run (the same split seed and shares, or the same split file), or weights that have never seen these slides.',
      place: placeOf(['encoder', 'weights']),
    },
  ];
}
