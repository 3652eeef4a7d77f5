import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Diagnostic } from '../shared/diagnostics.js';
import { HardmineError } from '../shared/errors.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { ParsedExperiment } from '../shared/experiment/parse.js';
import { referenceStaining } from '../slides/stain/reference.js';

/** What the reference image of the stain normalisation has against the experiment. Findings stand where the experiment names it. */
export async function checkStain({ tiling: { stain }, encoder }: Experiment, baseFolder: string, placeOf: ParsedExperiment['placeOf']): Promise<Diagnostic[]> {
  if (stain.method === 'none' || stain.reference === undefined || encoder.kind === 'features') return [];
  const file = resolve(baseFolder, stain.reference);
  const place = placeOf(['tiling', 'stain', 'reference']);
  if (!existsSync(file)) return [{ severity: 'error', code: 'file-missing', message: `The reference image "${stain.reference}" does not exist.`, remedy: 'Check the path; it is relative to the experiment file.', place }];
  try {
    await referenceStaining(file, stain.method);
    return [];
  } catch (error) {
    if (!(error instanceof HardmineError)) throw error;
    return [{ severity: 'error', code: error.code, message: `Of the reference image "${stain.reference}": ${error.what}`, remedy: 'Name an image of stained tissue that "mil info" can read.', place }];
  }
}
