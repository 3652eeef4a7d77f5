import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { HardmineError } from '../../shared/errors.js';
import type { FeaturesOptions } from '../../shared/experiment/index.js';
import type { CohortSlide } from '../contract.js';
import { readMark, storeFile } from '../features/index.js';

/** The attribute of a store's `features` that says what its encoder had seen. */
export const encoderMark = 'hardmine_encoder_history';

const encoderMarkSchema = z.object({
  /** Run folders the encoder comes from, latest first. */
  runs: z.array(z.string()),
  /** What this slide, or another of its patient, was to them. */
  seenAs: z.enum(['train', 'validation', 'nothing']),
});
export type EncoderMark = z.output<typeof encoderMarkSchema>;

/** What the stores of a cohort say of their encoder, by slide id; stores of other programs say nothing. */
export async function encoderMarks(slides: readonly CohortSlide[], { folder }: FeaturesOptions, baseFolder: string): Promise<Map<string, EncoderMark>> {
  const marks = new Map<string, EncoderMark>();
  for (const { id } of slides) {
    const file = storeFile(resolve(baseFolder, folder), id);
    const mark = file.endsWith('.h5') && existsSync(file) ? await readEncoderMark(file) : undefined;
    if (mark) marks.set(id, mark);
  }
  return marks;
}

async function readEncoderMark(file: string): Promise<EncoderMark | undefined> {
  try {
    const text = await readMark(file, encoderMark);
    return text === undefined ? undefined : encoderMarkSchema.parse(JSON.parse(text));
  } catch (error) {
    // A store that cannot be read is a finding of its own.
    if (error instanceof HardmineError || error instanceof SyntaxError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}
