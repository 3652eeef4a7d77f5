import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What a round, or the test, says of each slide it looked at. */
export const predictionsSchema = z.array(
  z.object({
    slide: z.string(),
    split: z.enum(['train', 'validation', 'test', 'held-out']),
    /** Absent in runs of before it was written down. */
    patient: z.string().optional(),
    /** Slide label: 0 or 1. */
    label: z.union([z.literal(0), z.literal(1)]),
    /** sigmoid(slide logit); at or above the threshold of the round's metrics the slide is called positive. */
    probability: z.number(),
    /** Where there are several classes: which of them it has, and the probability of each; `probability` is the highest. */
    classes: z.array(z.int()).optional(),
    probabilities: z.array(z.number()).optional(),
  }),
);
export type SlidePrediction = z.output<typeof predictionsSchema>[number];

/** Predictions from a file of a run; undefined where there is none that can be read, as runs of before have none. */
export function readPredictions(file: string): SlidePrediction[] | undefined {
  try {
    return predictionsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
