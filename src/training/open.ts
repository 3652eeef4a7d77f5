import type { Encoder } from '../encoders/contract.js';
import { createEncoder } from '../encoders/index.js';
import type { Engine } from '../engine/contract.js';
import { openEngine } from '../engine/select.js';
import { createAggregator } from '../mil/aggregators/index.js';
import { createClassTrainer } from '../mil/class-trainer.js';
import { outputNames } from '../shared/experiment/classes.js';
import { Random } from '../shared/random.js';
import { RoundCheckpoint } from './checkpoint.js';
import type { RunContext } from './context.js';
import { Embedder } from './embed.js';
import { loadEncoderState } from './encoder-state.js';
import { keepLineage } from './lineage.js';
import type { Material } from './material/contract.js';
import { prepareCohort } from './prepare.js';
import { prepareEncoder } from './pretrain.js';
import { Stages } from './stages.js';
import type { Workshop } from './workshop.js';

/** Opens all that the rounds work with: engine, cohort, encoder, aggregator. @throws HardmineError for bad input. */
export async function openWorkshop(context: RunContext): Promise<Workshop> {
  const { experiment, emit } = context;
  const stages = new Stages(context);
  const random = new Random(experiment.seed);
  const engine = await openEngine(experiment.engine);
  emit({ type: 'run-started', name: experiment.name, engine: `${engine.info.kind}: ${engine.info.reason}`, resumed: context.resume });
  const { bags, split, material } = await stages.run('prepare', 0, (progress) => prepareCohort(context, progress));
  const encoder = await openEncoder(context, engine, material, random);
  keepLineage({ context, engine: engine.info, encoder, bags, material, split });
  const aggregator = createAggregator(experiment.aggregator, encoder.featureSize, outputNames(experiment.cohort).length);
  const { kind, weightDecay, restarts } = experiment.optimizer;
  const trainer = createClassTrainer(engine, aggregator, {
    loss: experiment.loss,
    optimizer: { kind, weightDecay },
    initial: aggregator.initialise(random.fork('aggregator')),
    random: random.fork('dropout'),
  });
  const first = trainer.state();
  const starts = [first, ...Array.from({ length: restarts }, (_, i) => ({ ...first, weights: aggregator.initialise(random.fork(`aggregator/${i + 1}`)) }))];
  return { context, stages, engine, bags, material, encoder, embedder: new Embedder(context, engine.info, encoder, material), trainer, starts, random };
}

/** The encoder of an experiment, as it is before anything is learnt. @throws HardmineError as `createEncoder` does. */
export function openEncoder({ experiment, experimentFolder, emit }: RunContext, engine: Engine, material: Material, random: Random): Promise<Encoder> {
  return createEncoder(experiment.encoder, {
    engine,
    baseFolder: experimentFolder,
    patchSize: experiment.tiling.size,
    augmentations: experiment.augmentations,
    finetune: experiment.finetune,
    random: random.fork('encoder'),
    ...(material.featureSize === undefined ? {} : { storedFeatureSize: material.featureSize }),
    warn: (message) => emit({ type: 'warning', code: 'encoder', message }),
  });
}

/** The encoder as it was after `round` rounds: pre-trained, or as that round's folder holds it. */
export async function bringEncoderBack(workshop: Workshop, round: number): Promise<void> {
  const { encoder, context } = workshop;
  const { learner } = encoder;
  if (!learner) return;
  // An adapter needs its cached views in every process; a network on pixels needs pre-training only once.
  if (round === 0 || encoder.input === 'features') await prepareEncoder(workshop, learner);
  const saved = round > 0 ? await loadEncoderState(new RoundCheckpoint(context.runFolder, round).folder) : undefined;
  if (saved) learner.restore(saved.state);
}

/** Closes what `openWorkshop` opened. */
export function closeWorkshop({ trainer, encoder, engine }: Workshop): void {
  trainer.dispose();
  encoder.dispose();
  engine.dispose();
}
