import { dirname, resolve } from 'node:path';
import { checkCohort } from '../cohort/check.js';
import type { Diagnostic } from '../shared/diagnostics.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { ParsedExperiment } from '../shared/experiment/parse.js';
import { withoutSilenced } from '../shared/lint/silence.js';
import { checkJudgements } from '../shared/judgements/file.js';
import { checkEncoder } from './check-encoder.js';
import { checkMemory } from './check-machine.js';
import { checkStain } from './check-stain.js';
import { checkWeights } from './check-weights.js';
import { rememberedQualities } from './lint/remembered-qualities.js';
import { describeMachine } from './doctor/machine.js';

/**
 * What the files an experiment names, and the memory of this machine, have against it: the encoder's, then the cohort's,
 * then those of the judgements. Of an experiment with mistakes, what they leave is looked at, but no patch is counted.
 * Places are absolute, or `file` itself. What the experiment silences is left out.
 * @param readSlides whether each slide's picture is looked at for leaks, or only what is remembered of it.
 */
export async function checkFiles({ experiment, tentative, placeOf }: ParsedExperiment, file: string, { readSlides }: { readonly readSlides: boolean }): Promise<Diagnostic[]> {
  const known = experiment ?? tentative;
  if (!known) return [];
  const folder = resolve(dirname(file));
  const ofEncoder = [...(await checkEncoder(known, folder, placeOf)), ...(await checkWeights(known, folder, placeOf, readSlides)), ...checkMemory(known, folder, describeMachine(folder).memory.total, placeOf)];
  const ofStain = await checkStain(known, folder, placeOf);
  const ofCohort = await checkCohort(known, folder, { countPatches: experiment !== undefined, lint: { readSlides, qualities: rememberedQualities(known, folder), placeIn: placeOf } });
  // What has no file of its own is about the split that was drawn.
  const placed = ofCohort.map((diagnostic) => (diagnostic.place.file === undefined ? { ...diagnostic, place: { ...diagnostic.place, ...placeOf(['split']) } } : diagnostic));
  return withoutSilenced([...ofEncoder, ...ofStain, ...placed, ...checkJudgements(known, folder)], known);
}

/** Absolute paths of the files an experiment names, apart from slides and feature stores. */
export function filesOf({ cohort, split, tiling, encoder }: Experiment, file: string): string[] {
  const named = [
    cohort.table,
    split.file,
    cohort.truth?.format === 'points' ? cohort.truth.table : undefined,
    tiling.stain.reference,
    encoder.kind === 'onnx' ? encoder.file : undefined,
    encoder.kind === 'resnet' ? encoder.weights : undefined,
  ];
  return named.flatMap((name) => (name === undefined ? [] : [resolve(dirname(file), name)]));
}
