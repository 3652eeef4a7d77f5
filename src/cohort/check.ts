import { relative, resolve } from 'node:path';
import type { Diagnostic } from '../shared/diagnostics.js';
import type { Place } from '../shared/errors.js';
import type { Experiment, FeaturesOptions, TruthOptions } from '../shared/experiment/index.js';
import { openSlide } from '../slides/open.js';
import { resolveMpp } from '../slides/resolution.js';
import type { CohortSlide } from './contract.js';
import { openFeatures } from './features/index.js';
import { splitCohort } from './split.js';
import { readCohort } from './table/cohort.js';
import { diagnosticOf } from './table/findings.js';
import { loadTruth } from './truth/load.js';

/**
 * What the files an experiment names have against it: table, split, truth, and each slide (opened and asked
 * for its resolution, its pixels not read) or feature store. Findings about a slide stand at its line of the table.
 * @param baseFolder folder of the experiment file.
 */
export async function checkCohort(experiment: Experiment, baseFolder: string): Promise<Diagnostic[]> {
  const { cohort, encoder } = experiment;
  const stored = encoder.kind === 'features';
  const { slides, diagnostics } = await readCohort(cohort, baseFolder, { needSlides: !stored });
  const table = resolve(baseFolder, cohort.table);
  const placeOf = (slide: CohortSlide): Place => ({ file: table, line: slide.line, slide: slide.id });
  const found = [...diagnostics];
  // A split of half a table would only repeat what is wrong with the table.
  if (!diagnostics.some(({ severity }) => severity === 'error')) found.push(...splitCohort(slides, experiment.split, baseFolder).diagnostics);
  found.push(...(stored ? await checkStores(slides, encoder, baseFolder, placeOf) : await checkSlides(slides, placeOf)));
  if (cohort.truth) found.push(...(await checkTruth(slides, cohort.truth, baseFolder)));
  return found;
}

async function checkSlides(slides: readonly CohortSlide[], placeOf: (slide: CohortSlide) => Place): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const slide of slides) {
    const problem = await attempt(async () => {
      const open = await openSlide(slide.path);
      try {
        resolveMpp(open, slide.mpp);
      } finally {
        await open.close();
      }
    });
    if (problem) found.push(placed(problem, placeOf(slide)));
  }
  return found;
}

async function checkStores(slides: readonly CohortSlide[], encoder: FeaturesOptions, baseFolder: string, placeOf: (slide: CohortSlide) => Place): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  let first: { readonly id: string; readonly featureSize: number } | undefined;
  for (const slide of slides) {
    const file = resolve(baseFolder, encoder.folder, `${slide.id}.h5`);
    const problem = await attempt(async () => {
      const reader = await openFeatures(file, { patchSize: encoder.patchSize, mpp: slide.mpp });
      const { count, featureSize } = reader;
      reader.close();
      if (count === 0) return found.push({ severity: 'error', code: 'features-invalid', message: `The feature store of slide "${slide.id}" is empty.`, remedy: 'Extract its features again, or leave the slide out of the cohort.', place: placeOf(slide) });
      first ??= { id: slide.id, featureSize };
      if (first.featureSize !== featureSize) {
        found.push({ severity: 'error', code: 'features-invalid', message: `The features of slide "${slide.id}" have ${featureSize} numbers a patch, those of "${first.id}" ${first.featureSize}.`, remedy: 'Use features of one encoder for the whole cohort.', place: placeOf(slide) });
      }
      return undefined;
    });
    if (problem) found.push(placed(problem, placeOf(slide)));
  }
  return found;
}

async function checkTruth(slides: readonly CohortSlide[], options: TruthOptions, baseFolder: string): Promise<Diagnostic[]> {
  const nowhere = { x: new Float64Array(1), y: new Float64Array(1), size0: 1 };
  const found: Diagnostic[] = [];
  const problem = await attempt(async () => {
    const truth = await loadTruth(options, baseFolder);
    let known = 0;
    for (const { id } of slides) {
      const unreadable = await attempt(() => Promise.resolve().then(() => void (known += truth.forSlide(id, nowhere)[0] < 0 ? 0 : 1)));
      if (unreadable) found.push(unreadable);
    }
    if (known === 0 && found.length === 0 && slides.length > 0) {
      const file = resolve(baseFolder, options.format === 'points' ? options.table : options.folder);
      found.push({ severity: 'warning', code: 'truth-unmatched', message: 'No slide of the cohort has instance truth here.', remedy: 'Check that its slide ids are those of the cohort table; without it no instance metrics are reported.', place: { file } });
    }
  });
  return problem ? [...found, problem] : found;
}

/** The finding of a failed attempt. @throws what was not written for people. */
async function attempt(action: () => Promise<unknown>): Promise<Diagnostic | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return diagnosticOf(error);
  }
}

/** Moves a finding to the row of its slide, keeping the name of the file it was about. */
function placed(problem: Diagnostic, place: Place): Diagnostic {
  const about = problem.place.file === undefined ? '' : `${relative(resolve(place.file ?? '', '..'), problem.place.file)}: `;
  return { ...problem, message: `${about}${problem.message}`, place };
}
