import { z } from 'zod';
import { checkSchema } from './check.js';
import { cohortSchema, splitSchema, tilingSchema } from './data.js';
import { field, required } from './field.js';
import { aggregatorSchema, augmentationSchema, encoderSchema, lossSchema } from './model.js';
import { engineSchema, evaluationSchema, finetuneSchema, miningSchema, optimizerSchema } from './protocol.js';

/** The experiment file, `*.mil.json` or `*.mil.yaml`: types, checks and JSON Schema come from this one definition. */
export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  name: required(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, 'use letters, digits, spaces, ".", "_" and "-"').max(80), { description: 'Name of the experiment; part of the run folder\'s name.' }),
  seed: field(z.int(), 1, { description: 'Seed of everything random in a run, apart from the split.' }),
  seeds: field(z.array(z.int()).max(1000), [], { description: 'Several seeds as one experiment: one run each, summarised together. Empty: only `seed`.' }),
  cohort: required(cohortSchema, { description: 'Slides, labels, patients.' }),
  split: splitSchema.prefault({}).meta({ description: 'Who trains, validates, tests.' }),
  tiling: tilingSchema.prefault({}).meta({ description: 'How slides become patches.' }),
  encoder: encoderSchema.prefault({ kind: 'resnet' }).meta({ description: 'What turns patches into features.' }),
  augmentations: augmentationSchema.prefault({}).meta({ description: 'Augmentations of the contrastive views.' }),
  aggregator: aggregatorSchema.prefault({}).meta({ description: 'What turns features into a slide prediction.' }),
  loss: lossSchema.prefault({}).meta({ description: 'Loss on a pair of slides.' }),
  mining: miningSchema.prefault({}).meta({ description: 'Rounds, pseudo-labels, hard negatives.' }),
  finetune: finetuneSchema.prefault({}).meta({ description: 'Contrastive fine-tuning of the encoder.' }),
  optimizer: optimizerSchema.prefault({}).meta({ description: 'Training of the aggregator.' }),
  evaluation: evaluationSchema.prefault({}).meta({ description: 'Metrics and intervals.' }),
  engine: engineSchema.prefault({}).meta({ description: 'What computes.' }),
  check: checkSchema.prefault({}).meta({ description: 'What `mil check` need not say.' }),
});

/** An experiment with every default written out. */
export type Experiment = z.output<typeof experimentSchema>;
/** An experiment as people write it. */
export type ExperimentInput = z.input<typeof experimentSchema>;

export type CohortOptions = Experiment['cohort'];
export type TruthOptions = NonNullable<CohortOptions['truth']>;
export type SplitOptions = Experiment['split'];
export type TilingOptions = Experiment['tiling'];
export type EncoderOptions = Experiment['encoder'];
export type ResnetOptions = Extract<EncoderOptions, { kind: 'resnet' }>;
export type OnnxEncoderOptions = Extract<EncoderOptions, { kind: 'onnx' }>;
export type FeaturesOptions = Extract<EncoderOptions, { kind: 'features' }>;
export type AugmentationOptions = Experiment['augmentations'];
export type AggregatorOptions = Experiment['aggregator'];
export type LossOptions = Experiment['loss'];
export type MiningOptions = Experiment['mining'];
export type FinetuneOptions = Experiment['finetune'];
export type OptimizerOptions = Experiment['optimizer'];
export type EvaluationOptions = Experiment['evaluation'];
export type EngineOptions = Experiment['engine'];

/** The JSON Schema editors validate experiment files with. */
export function experimentJsonSchema(): unknown {
  return z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-7' });
}
