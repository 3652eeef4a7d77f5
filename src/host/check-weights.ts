import { splitCohort } from '../cohort/split.js';
import { readCohort } from '../cohort/table/cohort.js';
import type { Diagnostic } from '../shared/diagnostics.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { ParsedExperiment } from '../shared/experiment/parse.js';
import { encoderHistory, weightsOf } from './lint/encoder-history.js';

/**
 * That an encoder starts from weights of runs which learnt from slides or patients that are test or validation here,
 * or were chosen by test slides: its result would look better than it is.
 */
export async function checkWeights(experiment: Experiment, baseFolder: string, placeOf: ParsedExperiment['placeOf']): Promise<Diagnostic[]> {
  const weights = weightsOf(experiment, baseFolder);
  const history = weights === undefined ? undefined : await encoderHistory(weights);
  if (!history) return [];
  const { slides } = await readCohort(experiment.cohort, baseFolder, { needSlides: false });
  const { split } = splitCohort(slides, experiment.split, baseFolder);
  const seen = slides.flatMap((slide) => {
    const [there, here] = [history.seenAs(slide), split.get(slide.id)];
    return here !== undefined && here !== 'train' && (there === 'train' || (there === 'validation' && here !== 'validation')) ? [{ id: slide.id, there, here }] : [];
  });
  const [first] = seen;
  if (!first) return [];
  return [
    {
      severity: 'error',
      code: 'test-used-for-selection',
      message: `These weights come from the run ${history.runs.join(', which began with those of ')}, which has learnt from or was chosen by ${seen.length} ${seen.length === 1 ? 'slide' : 'slides'} that validate or test here, or other slides of their patients, first "${first.id}" (${first.there} there, ${first.here} here).`,
      remedy: 'Use the same split as that run (the same split seed and shares, or the same split file), or weights that have never seen these patients.',
      place: placeOf(['encoder', 'weights']),
    },
  ];
}
