import { z } from 'zod';
import { verdicts } from './verdicts.js';

/** One line of a judgements file: what somebody said of the tissue in a square of a slide. */
export const judgementSchema = z.object({
  /** Slide id of the cohort table. */
  slide: z.string().min(1),
  /** Left, top and edge, level-0 pixels. */
  x: z.number(),
  y: z.number(),
  size: z.number().positive(),
  verdict: z.enum(verdicts),
  /** Where the patch was seen: name of the run folder, and round. */
  run: z.string().optional(),
  round: z.int().min(1).optional(),
  who: z.string().optional(),
  /** ISO 8601, UTC. */
  time: z.iso.datetime(),
});
export type Judgement = z.output<typeof judgementSchema>;
