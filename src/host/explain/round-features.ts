import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openEngine } from '../../engine/select.js';
import { HardmineError } from '../../shared/errors.js';
import { Random } from '../../shared/random.js';
import { cacheFolder, runFiles } from '../../shared/run/layout.js';
import type { ScoreTable } from '../../shared/run/parquet.js';
import { readLineage } from '../../shared/run/read.js';
import type { Bag } from '../../training/bag.js';
import { RoundCheckpoint } from '../../training/checkpoint.js';
import type { RunContext } from '../../training/context.js';
import { Embedder } from '../../training/embed.js';
import { loadEncoderState } from '../../training/encoder-state.js';
import type { FeatureBank } from '../../training/feature-bank.js';
import type { Material } from '../../training/material/contract.js';
import { storedMaterial } from '../../training/material/stored.js';
import { tiledMaterial } from '../../training/material/tiled.js';
import { openEncoder } from '../../training/open.js';
import type { RunMaterial } from '../serve/run-material.js';
import type { Subject } from './subject.js';

/** What whoever waits for features hears and says. */
export interface Waiting {
  onProgress(done: number, total: number): void;
  readonly signal: AbortSignal;
}

/**
 * The features by which the round of a patch scored the train slides and the patch's own, as its aggregator saw them. They come from the
 * cache; what is no longer there, as features of the rounds between the first and the last, is computed again
 * with the encoder the round left, and kept.
 * @param scores of the round. @throws HardmineError `features-invalid` where a slide or store is not what it was, `file-missing` where the round left no encoder; the signal's reason.
 */
export async function openRoundFeatures({ material: run, round, table, row }: Subject, scores: ScoreTable, { onProgress, signal }: Waiting): Promise<FeatureBank> {
  const context = contextOf(run, signal);
  const { experiment } = run;
  const material = experiment.encoder.kind === 'features' ? storedMaterial(experiment.encoder, context) : tiledMaterial(context);
  const own = table.slide[row]!;
  const bags = bagsOf(run, scores, (slide, split) => split === 'train' || slide === own);
  if (table.split[row] === 'test') bags.push(...bagsOf(run, table, (slide) => slide === own));
  // Stores say their size only when they are opened; of slides, patches are needed only where features are missing.
  if (experiment.encoder.kind === 'features') await prepareAgain(bags, material, context);
  const engine = await openEngine(experiment.engine);
  try {
    const encoder = await openEncoder(context, engine, material, new Random(experiment.seed));
    try {
      const checkpoint = new RoundCheckpoint(run.run, round);
      if (encoder.learner) {
        const saved = await loadEncoderState(checkpoint.folder);
        if (!saved) throw new HardmineError('file-missing', 'This round left no encoder that can be read.', { place: { file: checkpoint.file('encoder') }, remedy: 'Choose another round.' });
        encoder.learner.restore(saved.state);
      }
      const embedder = new Embedder(context, engine.info, encoder, material);
      embedder.standard = (await checkpoint.loadAggregator()).standard;
      await prepareAgain(embedder.missing(bags), material, context);
      return await embedder.embed(bags, onProgress);
    } finally {
      encoder.dispose();
    }
  } finally {
    engine.dispose();
  }
}

/** As the run had it, but that nothing is told and that it stops when nobody waits any longer. */
function contextOf({ run, experiment, experimentFolder }: RunMaterial, signal: AbortSignal): RunContext {
  return {
    experiment,
    experimentFolder,
    runFolder: run,
    cacheFolder: resolve(experimentFolder, cacheFolder),
    resume: true,
    emit: () => undefined,
    async checkpoint() {
      await setImmediate();
      signal.throwIfAborted();
    },
    now: () => Date.now(),
  };
}

/** The wanted bags of a score table; their content hashes as the run wrote them down. @throws HardmineError `run-damaged`, `slide-missing`. */
function bagsOf(run: RunMaterial, { slide, split, x, y, size }: ScoreTable, wanted: (slide: string, split: string) => boolean): Bag[] {
  const hashes = readLineage(run.run)?.hashes.slides;
  const bags: Bag[] = [];
  for (let from = 0, to = 1; from < slide.length; from = to, to = from + 1) {
    const id = slide[from]!;
    while (to < slide.length && slide[to] === id) to++;
    if (!wanted(id, split[from]!)) continue;
    const known = run.slides.get(id);
    if (!known) throw new HardmineError('slide-missing', 'The cohort table has no such slide any more.', { place: { file: resolve(run.experimentFolder, run.experiment.cohort.table), slide: id }, remedy: 'Put its row back.' });
    const hash = hashes?.[id];
    if (hash === undefined) throw new HardmineError('run-damaged', 'The lineage of this run does not say what its features were made of.', { place: { file: resolve(run.run, runFiles.lineage), slide: id }, remedy: 'Run the experiment again.' });
    const coords = Number.isNaN(x[from]) ? undefined : { x: x.subarray(from, to), y: y.subarray(from, to), size0: size[from]! };
    bags.push({ ...known, split: split[from] as Bag['split'], hash, count: to - from, coords, truth: undefined });
  }
  return bags;
}

/** Makes sure that the material of the bags is there, and is what it was. */
async function prepareAgain(bags: readonly Bag[], material: Material, context: RunContext): Promise<void> {
  for (const bag of bags) {
    const { hash } = await material.prepare(bag);
    if (hash !== bag.hash) throw new HardmineError('features-invalid', 'This slide, its features or how it is cut changed since the run.', { place: { slide: bag.id }, remedy: 'Put back what the run was made from, or run the experiment again.' });
    await context.checkpoint();
  }
}
