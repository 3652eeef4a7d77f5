import { createEncoder } from '../encoders/index.js';
import { openEngine } from '../engine/select.js';
import { createAggregator } from '../mil/aggregators/index.js';
import { createPairTrainer } from '../mil/pair-trainer.js';
import { Random } from '../shared/random.js';
import type { RoundMetrics, RunResult } from '../shared/run/metrics.js';
import { RoundCheckpoint } from './checkpoint.js';
import type { RunContext } from './context.js';
import { Embedder } from './embed.js';
import { keepLineage } from './lineage.js';
import { prepareCohort } from './prepare.js';
import { prepareEncoder } from './pretrain.js';
import { recallHandover, runRound, type RoundHandover } from './round.js';
import { loadEncoderState } from './encoder-state.js';
import { selectRound } from './select-round.js';
import { Stages } from './stages.js';
import { testOnce } from './test-once.js';
import type { Workshop } from './workshop.js';

/**
 * A training run, whole: prepare once, then rounds of fine-tune (from the second on) → embed →
 * aggregate → score → mine → evaluate, then one look at the test slides with the round that
 * validation chose. Seen as a circle this is the paper's embed → aggregate → score → mine →
 * fine-tune; cut before the fine-tuning, each round's folder holds the encoder and the
 * aggregator that belong together, and no fine-tuning is left without an evaluation.
 *
 * @throws HardmineError for bad input; Interrupted when stopped: every whole round is on disk, and
 * the run can be resumed with the same numbers as if it had never stopped.
 */
export async function trainRun(context: RunContext): Promise<RunResult> {
  const workshop = await openWorkshop(context);
  try {
    const { trainer } = workshop;
    const fresh = trainer.state();
    const rounds: RoundMetrics[] = finishedRounds(context);
    let handover: RoundHandover | undefined = rounds.length > 0 ? await recallHandover(workshop, rounds.length) : undefined;
    await bringEncoderBack(workshop, rounds.length);
    for (let round = rounds.length + 1; round <= context.experiment.mining.rounds; round++) {
      // Each round trains the aggregator from the same start, so that rounds differ by their features alone.
      trainer.restore(fresh);
      const done = await runRound(workshop, round, handover);
      rounds.push(done.metrics);
      handover = done.handover;
    }
    const result = await testOnce(workshop, selectRound(rounds));
    context.emit({ type: 'run-finished', result });
    return result;
  } finally {
    workshop.trainer.dispose();
    workshop.encoder.dispose();
    workshop.engine.dispose();
  }
}

async function openWorkshop(context: RunContext): Promise<Workshop> {
  const { experiment, experimentFolder, emit } = context;
  const stages = new Stages(context);
  const random = new Random(experiment.seed);
  const engine = await openEngine(experiment.engine);
  emit({ type: 'run-started', name: experiment.name, engine: `${engine.info.kind}: ${engine.info.reason}`, resumed: context.resume });
  const { bags, split, material } = await stages.run('prepare', 0, (progress) => prepareCohort(context, progress));
  const encoder = await createEncoder(experiment.encoder, {
    engine,
    baseFolder: experimentFolder,
    patchSize: experiment.tiling.size,
    augmentations: experiment.augmentations,
    finetune: experiment.finetune,
    random: random.fork('encoder'),
    ...(material.featureSize === undefined ? {} : { storedFeatureSize: material.featureSize }),
    warn: (message) => emit({ type: 'warning', code: 'encoder', message }),
  });
  keepLineage({ context, engine: engine.info, encoder, bags, split });
  const aggregator = createAggregator(experiment.aggregator, encoder.featureSize);
  const { kind, weightDecay } = experiment.optimizer;
  const trainer = createPairTrainer(engine, aggregator, {
    loss: experiment.loss,
    optimizer: { kind, weightDecay },
    initial: aggregator.initialise(random.fork('aggregator')),
    random: random.fork('dropout'),
  });
  return { context, stages, engine, bags, material, encoder, embedder: new Embedder(context, engine.info, encoder, material), trainer, random };
}

/** The encoder as it was after `round` rounds: pre-trained, or as that round's folder holds it. */
async function bringEncoderBack(workshop: Workshop, round: number): Promise<void> {
  const { encoder, context } = workshop;
  const { learner } = encoder;
  if (!learner) return;
  // An adapter needs its cached views in every process; a network on pixels needs pre-training only once.
  if (round === 0 || encoder.input === 'features') await prepareEncoder(workshop, learner);
  const saved = round > 0 ? await loadEncoderState(new RoundCheckpoint(context.runFolder, round).folder) : undefined;
  if (saved) learner.restore(saved.state);
}

/** Metrics of the rounds that are complete, from the first on. */
function finishedRounds({ runFolder, resume, experiment }: RunContext): RoundMetrics[] {
  const rounds: RoundMetrics[] = [];
  for (let round = 1; resume && round <= experiment.mining.rounds; round++) {
    const metrics = new RoundCheckpoint(runFolder, round).metrics();
    if (!metrics) break;
    rounds.push(metrics);
  }
  return rounds;
}
