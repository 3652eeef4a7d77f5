import { relative, resolve } from 'node:path';
import type { Diagnostic } from '../shared/diagnostics.js';
import type { Place } from '../shared/errors.js';
import type { Experiment, FeaturesOptions, TruthOptions } from '../shared/experiment/index.js';
import type { Slide } from '../slides/contract.js';
import { openSlide } from '../slides/open.js';
import { resolveMpp } from '../slides/resolution.js';
import { checkBag, roomOf, smallestRooms, tooFew, type Room } from './bags.js';
import type { CohortSlide, Split } from './contract.js';
import { createCutter } from './cutting.js';
import { checkDrawn } from './drawn.js';
import { openStore } from './features/index.js';
import { checkCopies, checkStoreCopies } from './copies.js';
import { lintCohort, type LintOptions } from './lint/index.js';
import { resolutionFixes } from './resolution-fixes.js';
import { splitCohort } from './split.js';
import { readCohort } from './table/cohort.js';
import { diagnosticOf } from './table/findings.js';
import { loadTruth } from './truth/load.js';

/**
 * What the files an experiment names have against it: table, split, truth, and each slide (opened and asked
 * for its resolution; of the smallest, the tissue is looked at) or feature store. Findings about a slide stand
 * at its line of the table.
 * @param baseFolder folder of the experiment file.
 * @param options.countPatches whether slides are looked at for too few patches; tiling and loss must be as meant.
 * @param options.lint asks for leaks and the protocol as well.
 */
export async function checkCohort(experiment: Experiment, baseFolder: string, { countPatches = true, lint }: { readonly countPatches?: boolean; readonly lint?: Pick<LintOptions, 'readSlides' | 'qualities' | 'placeIn'> } = {}): Promise<Diagnostic[]> {
  const { cohort, encoder } = experiment;
  const stored = encoder.kind === 'features';
  const { slides, diagnostics, table: read } = await readCohort(cohort, baseFolder, { needSlides: !stored });
  const table = resolve(baseFolder, cohort.table);
  const rows = new Map(slides.map((slide) => [slide.id, slide]));
  const placeOf = (slide: CohortSlide): Place => ({ file: table, line: slide.line, slide: slide.id });
  // A split of half a table would only repeat what is wrong with the table.
  const whole = !diagnostics.some(({ severity }) => severity === 'error');
  const { split, splits, diagnostics: ofSplit } = splitCohort(slides, experiment.split, baseFolder);
  const found = [...diagnostics, ...(whole ? ofSplit : [])];
  const checked = { experiment, slides, split, countPatches, placeOf };
  const patchCounts = new Map<string, number>();
  if (stored) found.push(...(await checkStores(checked, encoder, baseFolder, patchCounts)), ...(await checkStoreCopies(slides, splits, encoder, baseFolder, patchCounts)));
  else found.push(...(await checkSlides(checked, table, baseFolder)), ...(await checkCopies(slides, splits)));
  if (cohort.truth) found.push(...(await checkTruth(slides, cohort.truth, baseFolder)));
  if (lint && whole) found.push(...(await lintCohort(experiment, { baseFolder, table: read, slides, splits, patchCounts, ...lint })));
  return found.map((diagnostic) => {
    const row = diagnostic.place.file === undefined && diagnostic.place.slide !== undefined ? rows.get(diagnostic.place.slide) : undefined;
    return row ? { ...diagnostic, place: placeOf(row) } : diagnostic;
  });
}

/** What the checks of single slides look at. */
interface Checked {
  readonly experiment: Experiment;
  readonly slides: readonly CohortSlide[];
  readonly split: Split;
  readonly countPatches: boolean;
  placeOf(slide: CohortSlide): Place;
}

async function checkSlides({ experiment, slides, split, countPatches, placeOf }: Checked, table: string, baseFolder: string): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  const rooms: Room[] = [];
  for (const slide of slides) {
    const problem = await attempt(() => withSlide(slide, async (open) => void rooms.push(roomOf(slide, open, resolveMpp(open, slide.mpp), experiment.tiling))));
    if (problem) found.push(placed(problem, placeOf(slide)));
  }
  const unknown = found.filter(({ code }) => code === 'mpp-unknown').flatMap(({ place }) => place.line ?? []);
  const fixes = unknown.length > 0 ? resolutionFixes(table, experiment.cohort.columns.mpp, unknown) : [];
  const ofDrawn = await checkDrawn(slides, experiment.tiling.tissue, baseFolder);
  found.push(...ofDrawn);
  const cutter = createCutter(experiment.tiling, baseFolder);
  // Where annotations or masks are missing, that has been said.
  const cuttable = !ofDrawn.some(({ severity }) => severity === 'error');
  for (const room of countPatches && cuttable ? smallestRooms(rooms, experiment.loss) : []) {
    const problem = await attempt(() => withSlide(room.slide, async (open) => void found.push(...(await checkBag(room, open, experiment, cutter, split, placeOf(room.slide))))));
    if (problem) found.push(placed(problem, placeOf(room.slide)));
  }
  return found.map((diagnostic) => (diagnostic.code === 'mpp-unknown' ? { ...diagnostic, fixes } : diagnostic));
}

async function withSlide(slide: CohortSlide, look: (open: Slide) => Promise<unknown>): Promise<void> {
  const open = await openSlide(slide.path);
  try {
    await look(open);
  } finally {
    await open.close();
  }
}

async function checkStores({ experiment, slides, split, countPatches, placeOf }: Checked, encoder: FeaturesOptions, baseFolder: string, counts: Map<string, number>): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  let first: { readonly id: string; readonly featureSize: number } | undefined;
  for (const slide of slides) {
    const problem = await attempt(async () => {
      const reader = await openStore(encoder, baseFolder, slide);
      const { count, featureSize } = reader;
      reader.close();
      counts.set(slide.id, count);
      if (count === 0) return found.push({ severity: 'error', code: 'features-invalid', message: `The feature store of slide "${slide.id}" is empty.`, remedy: 'Extract its features again, or leave the slide out of the cohort.', place: placeOf(slide) });
      first ??= { id: slide.id, featureSize };
      if (first.featureSize !== featureSize) {
        found.push({ severity: 'error', code: 'features-invalid', message: `The features of slide "${slide.id}" have ${featureSize} numbers a patch, those of "${first.id}" ${first.featureSize}.`, remedy: 'Use features of one encoder for the whole cohort.', place: placeOf(slide) });
      }
      return countPatches && found.push(...tooFew(slide, count, experiment.loss, split, placeOf(slide)));
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
