import { checkStoreCopies } from '../cohort/copies.js';
import { readCohort } from '../cohort/table/cohort.js';
import { featureMoments, type FeatureMoments } from '../cohort/lint/feature-moments.js';
import { lintCohort, lintMaterial } from '../cohort/lint/index.js';
import { inTwoParts, splitCohort } from '../cohort/split.js';
import type { CohortSlide, Split } from '../cohort/contract.js';
import { loadTruth } from '../cohort/truth/load.js';
import type { Diagnostic } from '../shared/diagnostics.js';
import { HardmineError, messageOf, type ErrorCode } from '../shared/errors.js';
import { checkJudgements } from '../shared/judgements/file.js';
import { silencedRules, withoutSilenced } from '../shared/lint/silence.js';
import type { Bag } from './bag.js';
import type { RunContext } from './context.js';
import { storedMaterial } from './material/stored.js';
import { tiledMaterial } from './material/tiled.js';
import type { Material, SlideMaterial } from './material/contract.js';

export interface PreparedCohort {
  readonly bags: readonly Bag[];
  readonly split: Split;
  readonly material: Material;
}

/**
 * Reads and splits the cohort and makes sure of every slide's patches (or stored features) before
 * anything is trained. Slides that cannot be read end the run here, all of them named: leaving
 * them out would change the numbers. A slide without a patch has nothing to say about its label;
 * it is left out, and the journal and the report say so.
 * @throws HardmineError with place and remedy.
 */
export async function prepareCohort(context: RunContext, progress: (done: number, total: number, unit: string) => void): Promise<PreparedCohort> {
  const { experiment, experimentFolder } = context;
  const stored = experiment.encoder.kind === 'features';
  const { slides, diagnostics, table } = await readCohort(experiment.cohort, experimentFolder, { needSlides: !stored });
  heed(diagnostics, context);
  const { split, diagnostics: ofSplit } = splitCohort(slides, experiment.split, experimentFolder);
  heed(ofSplit, context);
  heed(await lintCohort(experiment, { baseFolder: experimentFolder, table, slides, splits: [split], readSlides: false, placeIn: () => ({}) }), context);
  for (const silenced of silencedRules(experiment)) context.emit({ type: 'warning', ...silenced });
  // A line that cannot be read is better found now than in the night between two rounds.
  heed(checkJudgements(experiment, experimentFolder), context);
  const material = experiment.encoder.kind === 'features' ? storedMaterial(experiment.encoder, context) : tiledMaterial(context);
  const prepared = await prepareEach(slides.filter(({ id }) => split.has(id)), material, context, progress);
  const truth = experiment.cohort.truth && (await loadTruth(experiment.cohort.truth, experimentFolder));
  const bags = prepared.map(({ slide, count, coords, hash }): Bag => ({
    ...slide,
    split: split.get(slide.id)!,
    hash,
    count,
    coords,
    truth: coords && truth?.forSlide(slide.id, coords),
  }));
  refuseOneClass(bags);
  warnOfSmallBags(bags, context);
  const patchCounts = new Map(bags.map(({ id, count }) => [id, count]));
  if (experiment.encoder.kind === 'features') heed(await checkStoreCopies(bags, [split], experiment.encoder, experimentFolder, patchCounts), context);
  else warnOfCopies(bags, context);
  const qualities = bags.flatMap((bag) => {
    const quality = material.quality?.(bag);
    return quality ? [[bag.id, quality] as const] : [];
  });
  const moments = experiment.encoder.kind === 'features' ? await featureMoments(bags, experiment.encoder, experimentFolder) : new Map<string, FeatureMoments>();
  heed(lintMaterial(experiment, bags, split, { patchCounts, qualities: new Map(qualities), featureMoments: moments }), context);
  return { bags, split, material };
}

async function prepareEach(slides: readonly CohortSlide[], material: Material, context: RunContext, progress: (done: number, total: number, unit: string) => void) {
  const prepared: (SlideMaterial & { slide: CohortSlide })[] = [];
  const failed: HardmineError[] = [];
  for (const [index, slide] of slides.entries()) {
    try {
      prepared.push({ ...(await material.prepare(slide)), slide });
    } catch (error) {
      if (!(error instanceof HardmineError) || error.code === 'disk-full') throw error;
      const empty = error.code === 'slide-no-tissue';
      if (!empty) failed.push(error);
      context.emit({ type: 'warning', code: error.code, message: empty ? `${error.message} It is left out of this run.` : error.message, slide: slide.id });
    }
    progress(index + 1, slides.length, 'slides');
    await context.checkpoint();
  }
  const [first] = failed;
  if (first && failed.length === 1) throw first;
  if (first) throw new HardmineError(first.code, `${failed.length} slides cannot be used:\n${failed.map((error) => `  ${messageOf(error)}`).join('\n')}`, { cause: first });
  return prepared;
}

/** Passes warnings on and stops at errors. */
function heed(diagnostics: readonly Diagnostic[], { emit, experiment }: RunContext): void {
  for (const { severity, code, message, place } of withoutSilenced(diagnostics, experiment)) {
    if (severity === 'warning') emit({ type: 'warning', code, message, ...(place.slide === undefined ? {} : { slide: place.slide }) });
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more: \`mil check\` lists them all)` : '';
  throw new HardmineError(first.code as ErrorCode, first.message + more, { place: first.place, ...(first.remedy === undefined ? {} : { remedy: first.remedy }) });
}

/** Slides that were left out may have been all of a class. */
function refuseOneClass(bags: readonly Bag[]): void {
  for (const name of ['train', 'validation', 'test'] as const) {
    const labels = new Set(bags.filter(({ split }) => split === name).map(({ classes }) => classes.join()));
    if (labels.size >= 2) continue;
    throw new HardmineError('cohort-one-class', `Of the slides that hold tissue, ${name} has ${labels.size === 0 ? 'none' : 'one class only'}.`, { remedy: 'Look at the warnings about slides without tissue, add slides, or change split.seed.' });
  }
}

function warnOfSmallBags(bags: readonly Bag[], { experiment, emit }: RunContext): void {
  const { topK, ranking } = experiment.loss;
  const small = bags.filter(({ count, split }) => split !== 'test' && count < topK);
  if (ranking === 0 || small.length === 0) return;
  const [smallest] = small.toSorted((a, b) => a.count - b.count);
  emit({ type: 'warning', code: 'bag-smaller-than-k', message: `${small.length} slides have fewer than loss.topK = ${topK} patches; the smallest, "${smallest!.id}", has ${smallest!.count}. The ranking loss compares all the patches they have.` });
}

/** The same patches under two names, where the split parts them; the same file is refused before. */
function warnOfCopies(bags: readonly Bag[], context: RunContext): void {
  const known = new Map<string, Bag[]>();
  for (const bag of bags) {
    const others = known.get(bag.hash) ?? [];
    const before = others.find((other) => other.path !== bag.path && other.split !== bag.split);
    if (before) heed([inTwoParts('warning', bag, before, [bag.split, before.split], 'has the very content of')], context);
    known.set(bag.hash, [...others, bag]);
  }
}
