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
import { hashSlide, slideBytes } from './hash.js';
import { lintCohort, type LintOptions } from './lint/index.js';
import { resolutionFixes } from './resolution-fixes.js';
import { inTwoParts, splitCohort } from './split.js';
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
export async function checkCohort(experiment: Experiment, baseFolder: string, { countPatches = true, lint }: { readonly countPatches?: boolean; readonly lint?: Pick<LintOptions, 'readSlides' | 'placeIn'> } = {}): Promise<Diagnostic[]> {
  const { cohort, encoder } = experiment;
  const stored = encoder.kind === 'features';
  const { slides, diagnostics, table: read } = await readCohort(cohort, baseFolder, { needSlides: !stored });
  const table = resolve(baseFolder, cohort.table);
  const rows = new Map(slides.map((slide) => [slide.id, slide]));
  const placeOf = (slide: CohortSlide): Place => ({ file: table, line: slide.line, slide: slide.id });
  // A split of half a table would only repeat what is wrong with the table.
  const whole = !diagnostics.some(({ severity }) => severity === 'error');
  const { split, diagnostics: ofSplit } = splitCohort(slides, experiment.split, baseFolder);
  const found = [...diagnostics, ...(whole ? ofSplit : [])];
  const checked = { experiment, slides, split, countPatches, placeOf };
  if (stored) found.push(...(await checkStores(checked, encoder, baseFolder)));
  else found.push(...(await checkSlides(checked, table, baseFolder)), ...(await checkCopies(slides, split)));
  if (cohort.truth) found.push(...(await checkTruth(slides, cohort.truth, baseFolder)));
  if (lint && whole) found.push(...(await lintCohort(experiment, { baseFolder, table: read, slides, split, ...lint })));
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

/** Copies of one slide under several names, in different parts of the split; only files of the same size are compared. */
async function checkCopies(slides: readonly CohortSlide[], split: Split): Promise<Diagnostic[]> {
  const bySize = new Map<number, CohortSlide[]>();
  for (const slide of slides) {
    const size = slideBytes(slide.path);
    if (size !== undefined && size > 0) bySize.set(size, [...(bySize.get(size) ?? []), slide]);
  }
  const found: Diagnostic[] = [];
  for (const alike of [...bySize.values()].filter((group) => group.length > 1)) {
    const first = new Map<string, CohortSlide>();
    for (const slide of alike) {
      const hash = await hashSlide(slide.path);
      const before = first.get(hash);
      if (!before) first.set(hash, slide);
      else if (before.path !== slide.path && split.get(before.id) !== split.get(slide.id)) found.push(inTwoParts('warning', slide, before, split, 'has the very content of'));
    }
  }
  return found;
}

async function withSlide(slide: CohortSlide, look: (open: Slide) => Promise<unknown>): Promise<void> {
  const open = await openSlide(slide.path);
  try {
    await look(open);
  } finally {
    await open.close();
  }
}

async function checkStores({ experiment, slides, split, countPatches, placeOf }: Checked, encoder: FeaturesOptions, baseFolder: string): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  let first: { readonly id: string; readonly featureSize: number } | undefined;
  for (const slide of slides) {
    const problem = await attempt(async () => {
      const reader = await openStore(encoder, baseFolder, slide);
      const { count, featureSize } = reader;
      reader.close();
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
