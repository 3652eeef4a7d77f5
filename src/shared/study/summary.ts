import { z } from 'zod';
import { estimateSchema } from '../run/estimate.js';
import { slideMetricsSchema } from '../run/metrics.js';
import { fewestUnits } from '../run/too-few.js';

/** The slide metrics a study is summed up by. */
export const studyMetrics = ['auroc', 'averagePrecision', 'accuracy', 'balancedAccuracy', 'f1', 'brier'] as const;
export type StudyMetric = (typeof studyMetrics)[number];

/** A metric over several runs: all values, and what they say together; null where too few are there to tell. */
const spreadSchema = z.object({
  /** In the order of `units`; null where no run of a unit has the metric. */
  values: z.array(z.number().nullable()),
  n: z.int(),
  mean: z.number().nullable(),
  /** Of the sample, n − 1 in the denominator. */
  sd: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Spread = z.output<typeof spreadSchema>;

/** The metrics of slides over units of one kind. */
const metricSpreads = {
  metrics: z.record(z.enum(studyMetrics), spreadSchema),
  /** Each class against the rest, where there are several; absent in studies of before. */
  classes: z.array(z.object({ name: z.string(), auroc: spreadSchema, averagePrecision: spreadSchema })).optional(),
};

/** All metrics over units of one kind: folds (values are means over seeds), or seeds (values are means over folds). */
const spreadsSchema = z.object({
  /** `corrected-t`: Nadeau & Bengio 2003, because training sets of folds overlap. */
  method: z.enum(['t', 'corrected-t']),
  /** Slides tested over slides trained on, where corrected by it. */
  testToTrain: z.number().optional(),
  /** What each value is of, e.g. `fold 2`. */
  units: z.array(z.string()),
  ...metricSpreads,
  /** On the validation slides, which chose; absent in studies of before, and of held-out patients. */
  validation: z.object(metricSpreads).optional(),
});
export type Spreads = z.output<typeof spreadsSchema>;

/** AUROC of slides that several models have scored, with DeLong's interval over patients; of several classes the mean, with the interval of a bootstrap over patients. */
const pooledSchema = z.object({
  slides: z.int(),
  patients: z.int(),
  /** As in the metrics of a run. */
  smallerSide: z.int().optional(),
  /** Of each slide's mean probability over repeats and seeds. */
  auroc: estimateSchema,
  /** Each class against the rest, with DeLong's interval; only where there are several. */
  classes: z.array(z.object({ name: z.string(), slides: z.int(), smallerSide: z.int().optional(), auroc: estimateSchema })).optional(),
  /** Of each repeat and seed alone, in order. */
  each: z.array(z.object({ repeat: z.int(), seed: z.int(), auroc: z.number().nullable() })),
});
export type Pooled = z.output<typeof pooledSchema>;

/** `summary.json`: what the runs of a study say together. Nothing in it was chosen by looking at test slides. */
export const studySummarySchema = z.object({
  name: z.string(),
  /** Of the intervals, e.g. 0.95. */
  level: z.number(),
  /** How each run chose its epoch, round and threshold. */
  selectionRule: z.string().nullable(),
  members: z.array(
    z.object({
      repeat: z.int(),
      fold: z.int().nullable(),
      seed: z.int(),
      /** Relative to the study folder. */
      run: z.string(),
      state: z.enum(['waiting', 'running', 'paused', 'done', 'failed', 'interrupted', 'lost']),
      error: z.string().optional(),
      /** Only of members that are done. */
      validation: slideMetricsSchema.optional(),
      test: slideMetricsSchema.optional(),
      heldOut: slideMetricsSchema.optional(),
      selectedRound: z.int().optional(),
    }),
  ),
  /** How each run came to its threshold; absent in studies of before. */
  thresholdRule: z.enum(['youden', 'f1', 'half']).optional(),
  /** Runs scored their test slides after each epoch too; nothing was chosen by it. */
  oracle: z.literal(true).optional(),
  /** Over folds, or over splits drawn anew; absent where there is one. */
  folds: spreadsSchema.optional(),
  /** Over seeds; absent where there is one. */
  seeds: spreadsSchema.optional(),
  /** Every slide scored by the models that never saw it; absent until all folds of a repeat and seed are done. */
  outOfFold: pooledSchema.optional(),
  /** The held-out patients: over the models of all folds, and by their mean probability. */
  heldOut: z.object({ spreads: spreadsSchema, ensemble: pooledSchema }).optional(),
});
export type StudySummary = z.output<typeof studySummarySchema>;

/** `fold 2 of repeat 1`, `seed 7`: a member among its kin. */
export function partName({ repeat, fold }: { readonly repeat: number; readonly fold: number | null }, repeats: number): string {
  if (fold === null) return `split ${repeat}`;
  return repeats > 1 ? `fold ${fold} of repeat ${repeat}` : `fold ${fold}`;
}

/** The number a study is told by: over folds where there are some, else over seeds. */
export function headline(summary: StudySummary): { readonly spread: Spread; readonly validation: Spread | undefined; readonly over: 'folds' | 'seeds' } | undefined {
  const found = summary.folds ?? summary.seeds;
  return found && { spread: found.metrics.auroc, validation: found.validation?.metrics.auroc, over: summary.folds ? 'folds' : 'seeds' };
}

/** `0.913 ± 0.021`; `–` where there is no value yet. */
export function formatSpread({ mean, sd }: Pick<Spread, 'mean' | 'sd'>): string {
  if (mean === null) return '–';
  return sd === null ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${sd.toFixed(3)}`;
}

/** `[0.880, 0.946]`, why there is none, or nothing. All metrics lie between 0 and 1: what a t-interval claims beyond is cut off. */
export function formatInterval({ n, low, high }: Pick<Spread, 'n' | 'low' | 'high'>): string {
  if (low === null || high === null) return '';
  return n < fewestUnits ? `(too few values for an interval, n = ${n})` : `[${Math.max(0, low).toFixed(3)}, ${Math.min(1, high).toFixed(3)}]`;
}
