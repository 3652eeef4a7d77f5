import type { SplitName } from '../cohort/contract.js';
import { splitCohort } from '../cohort/split.js';
import { readCohort } from '../cohort/table/cohort.js';
import type { Diagnostic } from '../shared/diagnostics.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { ParsedExperiment } from '../shared/experiment/parse.js';
import { encoderHistory, weightsOf, type SeenAs } from './lint/encoder-history.js';

/**
 * That an encoder starts from weights of runs which learnt from slides or patients that are test or validation here,
 * or were chosen by test slides: its result would look better than it is.
 * @param readSlides whether slides of other names are known again by their content, which means to read them.
 */
export async function checkWeights(experiment: Experiment, baseFolder: string, placeOf: ParsedExperiment['placeOf'], readSlides = false): Promise<Diagnostic[]> {
  const weights = weightsOf(experiment, baseFolder);
  const history = weights === undefined ? undefined : await encoderHistory(weights, baseFolder);
  if (!history) return [];
  const { slides } = await readCohort(experiment.cohort, baseFolder, { needSlides: false });
  const { splits } = splitCohort(slides, experiment.split, baseFolder);
  const seen: { id: string; there: SeenAs; here: SplitName; renamed: boolean }[] = [];
  for (const slide of slides) {
    const parts = splits.flatMap((split) => split.get(slide.id) ?? []);
    const byName = leaked(history.seenAs(slide), parts);
    const found = byName ?? (readSlides && parts.some((part) => part !== 'train') ? leaked(await history.seenByContent(slide), parts) : undefined);
    if (found) seen.push({ id: slide.id, renamed: !byName, ...found });
  }
  const [first] = seen;
  if (!first) return [];
  const renamed = seen.filter((slide) => slide.renamed).length;
  return [
    {
      severity: 'error',
      code: 'test-used-for-selection',
      message: `These weights come from the run ${history.runs.join(', which began with those of ')}, which has learnt from or was chosen by ${seen.length} ${seen.length === 1 ? 'slide' : 'slides'} that validate or test here, or other slides of their patients, first "${first.id}" (${first.there} there, ${first.here} here).${renamed === 0 ? '' : ` ${renamed} of them ${renamed === 1 ? 'has' : 'have'} another name there, but the same content.`}`,
      remedy: 'Use the same split as that run (the same split seed and shares, or the same split file), or weights that have never seen these patients.',
      place: placeOf(['encoder', 'weights']),
    },
  ];
}

/** What a slide was there and is here, where that must not be, in any run of the study. */
function leaked(there: SeenAs | undefined, parts: readonly SplitName[]): { readonly there: SeenAs; readonly here: SplitName } | undefined {
  const here = there && parts.find((part) => part !== 'train' && (there === 'train' || part !== 'validation'));
  return here && { there, here };
}
