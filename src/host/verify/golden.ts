import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { HardmineError, messageOf } from '../../shared/errors.js';

/** Numbers nested to any depth, as JSON writes tensors. */
export type Nested = number | readonly Nested[];
const nested: z.ZodType<Nested> = z.lazy(() => z.union([z.number(), z.array(nested)]));
const vector = z.array(z.number());
const matrix = z.array(vector).min(1);
const binary = z.union([z.literal(0), z.literal(1)]);
const undefinedOrNumber = z.number().nullable();

const prediction = z.object({ instanceLogits: nested, bagLogit: nested, attention: nested, bagEmbedding: nested }).partial();

const dsmil = z.object({
  featureSize: z.int().min(1),
  k: z.int().min(1),
  lr: z.number(),
  weightDecay: z.number().default(0),
  posWeight: z.number().default(1),
  margin: z.number().default(1),
  scoreSpace: z.enum(['logit', 'probability']).default('logit'),
  weights: z.object({ bag: z.number(), instance: z.number(), ranking: z.number() }),
  positiveBag: matrix,
  negativeBag: matrix,
  initialParameters: z.record(z.string(), nested),
  steps: z
    .array(
      z.object({
        lossBag: z.number(),
        lossInstance: z.number(),
        lossRanking: z.number(),
        lossTotal: z.number(),
        positive: prediction.optional(),
        negative: prediction.optional(),
        gradients: z.record(z.string(), nested).optional(),
      }),
    )
    .min(1),
  finalParameters: z.record(z.string(), nested).optional(),
});

const supcon = z
  .object({
    temperature: z.number().positive(),
    pairs: z.enum(['all', 'positive', 'negative']),
    maskUncertainNegatives: z.boolean().default(false),
    instanceLabels: z.array(binary),
    bagLabels: z.array(binary),
    /** [B][2 views][d] */
    projections: z.array(matrix.length(2)).min(1),
    loss: z.number(),
    gradient: z.array(matrix.length(2)).optional(),
  })
  .refine(({ instanceLabels, bagLabels, projections }) => instanceLabels.length === projections.length && bagLabels.length === projections.length, 'as many labels as projections');

const minedPatch = z.object({ slide: z.string(), index: z.int().min(0) });

const selection = z.object({
  slides: z.array(z.object({ slide: z.string(), label: binary, scores: vector })).min(1),
  threshold: z.number(),
  positiveRatio: z.number(),
  hardNegativeRatio: z.number(),
  positiveThreshold: undefinedOrNumber,
  hardNegativeThreshold: undefinedOrNumber,
  positives: z.array(minedPatch),
  hardNegatives: z.array(minedPatch),
});

const metrics = z
  .object({
    labels: z.array(binary),
    scores: vector,
    auroc: undefinedOrNumber.optional(),
    averagePrecision: undefinedOrNumber.optional(),
    areaUnderPrCurveTrapezoid: undefinedOrNumber.optional(),
    youden: z.object({ accuracy: undefinedOrNumber, precision: undefinedOrNumber, recall: undefinedOrNumber, f1: undefinedOrNumber }).partial().optional(),
    maxF1: undefinedOrNumber.optional(),
    maxF1Threshold: undefinedOrNumber.optional(),
    at05: z.object({ balancedAccuracy: undefinedOrNumber, kappa: undefinedOrNumber }).partial().optional(),
    brier: undefinedOrNumber.optional(),
  })
  .refine(({ labels, scores }) => labels.length === scores.length, 'as many labels as scores');

const schedule = z.object({ epoch: z.number(), warmup: z.number(), epochs: z.number(), initial: z.number(), final: z.number(), ratio: z.number() });

const goldenSchema = z
  .object({ dsmil: z.array(dsmil), supcon: z.array(supcon), selection: z.array(selection), metrics: z.array(metrics), schedule: z.array(schedule) })
  .partial();

/** A file of reference numbers, shaped like golden/reference.json; any section may be absent. */
export type Golden = z.output<typeof goldenSchema>;
type Entries<Section extends keyof Golden> = NonNullable<Golden[Section]>[number];
export type GoldenDsmil = Entries<'dsmil'>;
export type GoldenSupcon = Entries<'supcon'>;
export type GoldenSelection = Entries<'selection'>;
export type GoldenMetrics = Entries<'metrics'>;
export type GoldenSchedule = Entries<'schedule'>;

/** Reads and checks a golden file. @throws HardmineError `golden-invalid` naming the path inside the file. */
export async function readGolden(file: string): Promise<Golden> {
  const result = goldenSchema.safeParse(await readJson(file));
  if (!result.success) {
    const { path, message } = result.error.issues[0];
    throw goldenInvalid(file, `${z.core.toDotPath(path) || 'the whole file'}: ${message}.`);
  }
  if (Object.values(result.data).every((section) => section.length === 0)) throw goldenInvalid(file, `there is none of ${Object.keys(goldenSchema.shape).join(', ')} in it.`);
  return result.data;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw goldenInvalid(file, `it cannot be read: ${messageOf(error)}.`);
  }
}

export function goldenInvalid(file: string, what: string): HardmineError {
  return new HardmineError('golden-invalid', what, { place: { file }, remedy: 'Give a file shaped like golden/reference.json.' });
}
