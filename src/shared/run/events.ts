import { z } from 'zod';
import { miningSummarySchema, roundMetricsSchema, runResultSchema } from './metrics.js';
import { stages } from './stages.js';

export { stageNames, stages, type Stage } from './stages.js';

const stage = z.enum(stages);
/** 1-based; 0 before the first round. */
const round = z.int().min(0);
const finite = z.number().optional();

/** Each kind of line of `events.jsonl`. */
const bodies = [
  z.object({ type: z.literal('run-started'), name: z.string(), engine: z.string(), resumed: z.boolean() }),
  z.object({ type: z.literal('stage-started'), stage, round }),
  z.object({ type: z.literal('stage-finished'), stage, round, milliseconds: z.number() }),
  z.object({ type: z.literal('progress'), stage, round, done: z.number(), total: z.number(), unit: z.string() }),
  /** A slide is read: by which reader, e.g. `aperio-svs`, `dicom, OpenJPEG 2.5.0`, `openslide (mirax)`. Slides whose patches are in the cache are not. */
  z.object({ type: z.literal('slide-opened'), slide: z.string(), format: z.string() }),
  /** Mean losses over an epoch; bag, instance and ranking unweighted. */
  z.object({
    type: z.literal('loss'),
    stage,
    round,
    epoch: z.int(),
    /** Of the trainings of a round with `optimizer.restarts`, from 1 on; absent in the first. Epochs count on. */
    restart: z.int().min(1).optional(),
    split: z.enum(['train', 'validation']),
    total: z.number(),
    bag: finite,
    instance: finite,
    ranking: finite,
    contrastive: finite,
    auroc: z.number().nullable().optional(),
    lr: finite,
  }),
  z.object({ type: z.literal('mined'), round, summary: miningSummarySchema }),
  z.object({ type: z.literal('round-finished'), round, metrics: roundMetricsSchema }),
  z.object({ type: z.literal('memory'), rss: z.number() }),
  z.object({ type: z.literal('warning'), code: z.string(), message: z.string(), slide: z.string().optional() }),
  z.object({ type: z.literal('run-finished'), result: runResultSchema }),
  z.object({ type: z.literal('run-stopped'), reason: z.enum(['interrupted', 'stop-requested', 'paused']) }),
  z.object({ type: z.literal('run-failed'), code: z.string(), message: z.string() }),
] as const;

export const eventBodySchema = z.discriminatedUnion('type', bodies);
/** An event as the rounds emit it; the journal adds `seq` and `time`. */
export type RunEventBody = z.output<typeof eventBodySchema>;

/** A line of `events.jsonl`: `seq` counts from 1 without gaps, `time` is milliseconds since 1970. */
export const runEventSchema = z.intersection(z.object({ seq: z.int(), time: z.number() }), eventBodySchema);
export type RunEvent = RunEventBody & { readonly seq: number; readonly time: number };
