import { z } from 'zod';

/** A number with its bootstrap interval; null where it is not defined (one class only) or not asked for. */
export const estimateSchema = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });
export type Estimate = z.output<typeof estimateSchema>;

/** Slide-level metrics of one split; intervals by bootstrap over patients. */
export const slideMetricsSchema = z.object({
  slides: z.int(),
  patients: z.int(),
  threshold: z.number(),
  loss: z.number().nullable(),
  auroc: estimateSchema,
  averagePrecision: estimateSchema,
  accuracy: estimateSchema,
  balancedAccuracy: estimateSchema,
  f1: estimateSchema,
  brier: estimateSchema,
});
export type SlideMetrics = z.output<typeof slideMetricsSchema>;

/** Instance-level metrics of one split, against instance truth; for reporting only. */
export const instanceMetricsSchema = z.object({
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
  /** Epoch of the aggregator that validation chose. */
  epoch: z.int(),
  milliseconds: z.record(z.string(), z.number()),
});
export type RoundMetrics = z.output<typeof roundMetricsSchema>;

/** `result.json`, written once when a run is done. */
export const runResultSchema = z.object({
  selectedRound: z.int(),
  selectionRule: z.string(),
  validation: slideMetricsSchema,
  test: slideMetricsSchema,
  instance: z.object({ validation: instanceMetricsSchema, test: instanceMetricsSchema }).optional(),
  milliseconds: z.record(z.string(), z.number()),
});
export type RunResult = z.output<typeof runResultSchema>;
