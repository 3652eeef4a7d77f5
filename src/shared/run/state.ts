import { z } from 'zod';
import { slideQualitySchema } from '../slide-quality.js';
import { stages } from './events.js';
import { lostAfterMs } from './heartbeat.js';

/** `status.json`: replaced atomically at least every `heartbeatMs` while the host lives. */
export const statusSchema = z.object({
  state: z.enum(['running', 'paused', 'done', 'failed', 'interrupted']),
  name: z.string(),
  /** Absolute path of the experiment file, so that a run folder alone is enough to resume and report. */
  experimentFile: z.string(),
  stage: z.enum(stages).optional(),
  round: z.int(),
  rounds: z.int(),
  /** Of the stage, 0–1. */
  progress: z.number(),
  pid: z.int(),
  host: z.string(),
  /** Milliseconds since 1970. */
  started: z.number(),
  heartbeat: z.number(),
  /** Milliseconds until the run is done, as its host guesses; absent until each stage of a round was seen once. */
  remaining: z.number().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type RunStatus = z.output<typeof statusSchema>;

/** `control.json`: what anybody may ask of the host; it looks between steps. */
export const controlSchema = z.object({ request: z.enum(['run', 'pause', 'stop']) });
export type RunControl = z.output<typeof controlSchema>;

/** What a run is to somebody who looks at its folder now: a host that fell silent is `lost`. */
export function runStateAt(status: RunStatus, now: number): RunStatus['state'] | 'lost' {
  const alive = status.state === 'running' || status.state === 'paused';
  return alive && now - status.heartbeat > lostAfterMs ? 'lost' : status.state;
}

/** `lineage.json`: all that the numbers depend on. */
export const lineageSchema = z.object({
  hardmine: z.string(),
  node: z.string(),
  platform: z.string(),
  engine: z.object({ kind: z.string(), version: z.string(), threads: z.int(), reason: z.string() }),
  packages: z.record(z.string(), z.string()),
  seed: z.int(),
  splitSeed: z.int(),
  /** SHA-256 of files by their role: experiment, cohort table, each slide. */
  hashes: z.object({
    experiment: z.string(),
    cohort: z.string(),
    split: z.string(),
    encoder: z.string().optional(),
    slides: z.record(z.string(), z.string()),
    /** Of the judgements a round mined under, by its number; rounds without any are absent. */
    judgements: z.record(z.string(), z.string()).optional(),
  }),
  split: z.record(z.string(), z.enum(['train', 'validation', 'test', 'held-out'])),
  /** Who is in each part: patients, slides, and slides of each class by its name; absent in runs of before. */
  parts: z.record(z.string(), z.object({ slides: z.int(), patients: z.int(), classes: z.record(z.string(), z.int()) })).optional(),
  /** What was seen of each slide when its patches were cut; none for features that others computed. */
  quality: z.record(z.string(), slideQualitySchema).optional(),
});
export type Lineage = z.output<typeof lineageSchema>;
