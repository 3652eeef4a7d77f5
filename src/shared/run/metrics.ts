import { z } from 'zod';
import { estimateSchema } from './estimate.js';
import { classStatisticsSchema, splitStatisticsSchema } from './statistics.js';

export { estimateSchema, type Estimate } from './estimate.js';

/** One class of several, against the rest. */
const classMetricsSchema = z.object({ name: z.string(), slides: z.int(), auroc: estimateSchema, averagePrecision: estimateSchema, smallerSide: z.int().optional() });

/** Slide-level metrics of one split; intervals by bootstrap over patients. Where there are several classes, means over them (see `classMetrics`). */
export const slideMetricsSchema = z.object({
  slides: z.int(),
  patients: z.int(),
  /** Patients with a slide of the class, or without, whichever are fewer; of several classes the fewest. Absent in runs of before. */
  smallerSide: z.int().optional(),
  threshold: z.number(),
  loss: z.number().nullable(),
  auroc: estimateSchema,
  averagePrecision: estimateSchema,
  accuracy: estimateSchema,
  balancedAccuracy: estimateSchema,
  f1: estimateSchema,
  brier: estimateSchema,
  /** Of each class, where there are several. */
  classes: z.array(classMetricsSchema).optional(),
});
export type SlideMetrics = z.output<typeof slideMetricsSchema>;

/** Instance-level metrics of one split, against instance truth; for reporting only. */
export const instanceMetricsSchema = z.object({
  /** Whose patches the truth is known of; absent in runs of before. */
  patients: z.int().optional(),
  patches: z.int(),
  positives: z.int(),
  auroc: estimateSchema,
  averagePrecision: estimateSchema,
  /** Share of the patches of negative slides scored above `mining.threshold`. */
  negativeSlidePositiveShare: z.number().nullable(),
});
export type InstanceMetrics = z.output<typeof instanceMetricsSchema>;

/** What one mining found; precisions only where instance truth is given. */
export const miningSummarySchema = z.object({
  positives: z.int(),
  hardNegatives: z.int(),
  candidates: z.int(),
  positiveRatio: z.number(),
  positiveThreshold: z.number().nullable(),
  hardNegativeThreshold: z.number().nullable(),
  /** Against the bank of the round before. */
  added: z.int(),
  kept: z.int(),
  dropped: z.int(),
  /** Share of mined positives that are truly positive. */
  positivePrecision: z.number().nullable(),
  /** Share of mined hard negatives that are truly negative. */
  hardNegativePrecision: z.number().nullable(),
  /** What people's judgements changed; absent where there were none on training slides. */
  judgements: z
    .object({
      /** Training patches somebody judged. */
      patches: z.int(),
      /** Patches that would have been hard negatives, and were left out as artefacts or as mislabelled. */
      artefacts: z.int(),
      mislabelled: z.int(),
      /** Hard negatives that somebody confirmed. */
      confirmed: z.int(),
      /** Patches that would have been positives, and were left out as artefacts or as confirmed negatives. */
      positivesLeft: z.int(),
    })
    .optional(),
});
export type MiningSummary = z.output<typeof miningSummarySchema>;

/** `rounds/NN/metrics.json`. */
export const roundMetricsSchema = z.object({
  round: z.int(),
  validation: slideMetricsSchema,
  instance: z.object({ train: instanceMetricsSchema, validation: instanceMetricsSchema }).optional(),
  mining: miningSummarySchema.optional(),
  /** AUROC of validation slides by their highest patch alone; absent in runs of before. */
  highestPatchAuroc: z.number().nullable().optional(),
  /** Epoch of the aggregator that validation chose. */
  epoch: z.int(),
  milliseconds: z.record(z.string(), z.number()),
});
export type RoundMetrics = z.output<typeof roundMetricsSchema>;

/** `result.json`, written once when a run is done. */
export const runResultSchema = z.object({
  selectedRound: z.int(),
  selectionRule: z.string(),
  /** How the threshold came to be; "half" was chosen by nobody. Absent in runs of before. */
  thresholdRule: z.enum(['youden', 'f1', 'half']).optional(),
  validation: slideMetricsSchema,
  test: slideMetricsSchema,
  /** Patients held out of a cross-validation, looked at once beside the test slides. */
  heldOut: slideMetricsSchema.optional(),
  instance: z.object({ validation: instanceMetricsSchema, test: instanceMetricsSchema }).optional(),
  /** Absent in runs of before there was any. */
  statistics: z.object({ validation: splitStatisticsSchema, test: splitStatisticsSchema, heldOut: splitStatisticsSchema.optional() }).optional(),
  /** In its stead where there are several classes. */
  classStatistics: z.object({ validation: classStatisticsSchema, test: classStatisticsSchema, heldOut: classStatisticsSchema.optional() }).optional(),
  /** The test slides were also scored after each epoch, into `oracle.jsonl`; nothing was chosen by it. */
  oracle: z.literal(true).optional(),
  milliseconds: z.record(z.string(), z.number()),
});
export type RunResult = z.output<typeof runResultSchema>;
