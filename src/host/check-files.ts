import { dirname, resolve } from 'node:path';
import { checkCohort } from '../cohort/check.js';
import type { Diagnostic } from '../shared/diagnostics.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { ParsedExperiment } from '../shared/experiment/parse.js';
import { checkJudgements } from '../shared/judgements/file.js';
import { checkEncoder } from './check-encoder.js';
import { checkMemory } from './check-machine.js';
import { checkWeights } from './check-weights.js';
import { describeMachine } from './doctor/machine.js';

/** What the files an experiment names, and the memory of this machine, have against it: its encoder's, then the cohort's, then those of the judgements. Places are absolute, or `file` itself. */
export async function checkFiles(experiment: Experiment, placeOf: ParsedExperiment['placeOf'], file: string): Promise<Diagnostic[]> {
  const folder = resolve(dirname(file));
  const ofCohort = await checkCohort(experiment, folder);
  const ofEncoder = [...(await checkEncoder(experiment, folder, placeOf)), ...(await checkWeights(experiment, folder, placeOf)), ...checkMemory(experiment, folder, describeMachine(folder).memory.total, placeOf)];
  return [...ofEncoder, ...ofCohort.map((diagnostic) => ({ ...diagnostic, place: { ...diagnostic.place, file: diagnostic.place.file ?? file } })), ...checkJudgements(experiment, folder)];
}

/** Absolute paths of the files an experiment names, apart from slides and feature stores. */
export function filesOf({ cohort, split, encoder }: Experiment, file: string): string[] {
  const named = [
    cohort.table,
    split.file,
    cohort.truth?.format === 'points' ? cohort.truth.table : undefined,
    encoder.kind === 'onnx' ? encoder.file : undefined,
    encoder.kind === 'resnet' ? encoder.weights : undefined,
  ];
  return named.flatMap((name) => (name === undefined ? [] : [resolve(dirname(file), name)]));
}
