import { z } from 'zod';
import { estimateSchema } from './estimate.js';

/** A share of slides with Wilson's interval; null where there are none. */
const proportionSchema = estimateSchema.extend({ count: z.int(), of: z.int() });
export type Proportion = z.output<typeof proportionSchema>;

/** Slides of like probability: the mean of what was predicted, and the share that was positive, with Wilson's interval. */
const reliabilityBinSchema = z.object({ slides: z.int(), predicted: z.number(), observed: z.number(), low: z.number(), high: z.number() });
export type ReliabilityBin = z.output<typeof reliabilityBinSchema>;

/** Expected calibration error over either bins; null without slides. */
const calibrationErrorSchema = z.object({ equalMass: z.number().nullable(), equalWidth: z.number().nullable() });

/** What happens at the threshold that reaches a specificity on validation; null: only calling nothing positive does. */
const operatingPointSchema = z.object({ target: z.number(), threshold: z.number().nullable(), sensitivity: proportionSchema, specificity: proportionSchema });
export type OperatingPoint = z.output<typeof operatingPointSchema>;

/** Net benefit at a threshold probability, of the model and of treating all. */
const decisionPointSchema = z.object({ threshold: z.number(), model: z.number(), all: z.number() });
export type DecisionPoint = z.output<typeof decisionPointSchema>;

/** What is told of one split beside its metrics: who stands behind the numbers, calibration, decisions. */
export const splitStatisticsSchema = z.object({
  /** Slides, and patients with at least one, of each class. */
  positives: z.object({ slides: z.int(), patients: z.int() }),
  negatives: z.object({ slides: z.int(), patients: z.int() }),
  /** AUROC with DeLong's interval on the logit scale, clustered by patient. */
  delong: estimateSchema,
  calibration: z.object({
    equalMass: z.array(reliabilityBinSchema),
    equalWidth: z.array(reliabilityBinSchema),
    ece: calibrationErrorSchema,
    intercept: estimateSchema,
    slope: estimateSchema,
  }),
  operatingPoints: z.array(operatingPointSchema),
  decisionCurve: z.array(decisionPointSchema),
});
export type SplitStatistics = z.output<typeof splitStatisticsSchema>;

/** What is told of one split of several classes: each against the rest, and calibration over them. */
export const classStatisticsSchema = z.object({
  classes: z.array(splitStatisticsSchema.extend({ name: z.string() })),
  /** Of the likeliest class of each slide, called or not: how sure the model is of it, and the share of slides that have it. */
  topClass: z.object({ equalMass: z.array(reliabilityBinSchema), equalWidth: z.array(reliabilityBinSchema), ece: calibrationErrorSchema }),
  /** Expected calibration error, as a mean over classes. */
  classwise: calibrationErrorSchema,
});
export type ClassStatistics = z.output<typeof classStatisticsSchema>;
