import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { createCutter } from '../../cohort/cutting.js';
import { readCohort } from '../../cohort/table/cohort.js';
import type { CohortSlide } from '../../cohort/contract.js';
import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { readLineage, readStatus } from '../../shared/run/read.js';
import { patchesKey } from '../../training/material/patches-key.js';
import { readRunExperiment } from '../run/folder.js';
import { relocated, runOfWeights } from './moved-runs.js';

/** What a slide or patient was to the runs that made an encoder: it learnt from it, or was chosen by it. */
export type SeenAs = 'train' | 'validation';

/** Where the weights of an encoder come from. */
export interface EncoderHistory {
  /** Names of the run folders, latest first. */
  readonly runs: readonly string[];
  /** Undefined where no run has seen the slide, or another slide of the patient, under this name. */
  seenAs(slide: Pick<CohortSlide, 'id' | 'patient'>): SeenAs | undefined;
  /** The same by the slide's content, whatever its name, which means to read it. Undefined too where it cannot be read. */
  seenByContent(slide: CohortSlide): Promise<SeenAs | undefined>;
}

/** More runs than anybody chains; a folder that names itself must not be followed for ever. */
const mostRuns = 20;

/**
 * Follows weights back through the runs that trained them: weights lie in `<run>/rounds/NN`, and a run's experiment says
 * what weights it began with. Copies of weights are known by their content, and runs that were moved are looked for where
 * they would be now. Undefined where weights come from no run, or from none that trained them.
 * @param weights absolute path. @param baseFolder of the experiment that begins with them: its runs are searched for copies.
 */
export async function encoderHistory(weights: string, baseFolder = dirname(weights)): Promise<EncoderHistory | undefined> {
  const runs: string[] = [];
  const [slides, patients, contents] = [new Map<string, SeenAs>(), new Map<string, SeenAs>(), new Map<string, SeenAs>()];
  const tilings = new Map<string, Origin>();
  let next = runOfWeights(weights, baseFolder);
  for (let i = 0; next !== undefined && i < mostRuns; i++) {
    const run: string = next;
    const lineage = readLineage(run);
    if (!lineage) break;
    const origin = originOf(run);
    if (!origin || learnt(origin.experiment)) {
      runs.push(basename(run));
      if (origin) tilings.set(JSON.stringify(origin.experiment.tiling), origin);
      const patientOf = origin ? await patientsOf(origin) : new Map<string, string>();
      for (const [id, part] of Object.entries(lineage.split)) {
        if (part !== 'train' && part !== 'validation') continue;
        note(slides, id, part);
        note(patients, patientOf.get(id) ?? id, part);
        const hash = lineage.hashes.slides[id];
        if (hash !== undefined) note(contents, hash, part);
      }
    }
    const before = origin && weightsOf(origin.experiment, origin.folder);
    next = before === undefined ? undefined : runOfWeights(relocated(before, run), baseFolder);
  }
  if (runs.length === 0) return undefined;
  return {
    runs,
    seenAs: ({ id, patient }) => stronger(slides.get(id), patients.get(patient)),
    async seenByContent(slide) {
      let seen: SeenAs | undefined;
      for (const origin of tilings.values()) for (const key of await keysOf(slide, origin)) seen = stronger(seen, contents.get(key));
      return seen;
    },
  };
}

/** What a run would have called the patches of a slide: with the resolution of the table here, or with that of the file. */
async function keysOf(slide: CohortSlide, { experiment: { tiling }, folder }: Origin): Promise<string[]> {
  try {
    const content = await createCutter(tiling, folder).hashOf(slide);
    return [slide.mpp, undefined].map((mpp) => patchesKey(content, mpp, tiling));
  } catch (error) {
    if (error instanceof HardmineError) return [];
    throw error;
  }
}

/** The weights an experiment begins with, where it names some. @returns an absolute path. */
export function weightsOf({ encoder }: Pick<Experiment, 'encoder'>, baseFolder: string): string | undefined {
  return encoder.kind === 'resnet' && encoder.weights !== undefined ? resolve(baseFolder, encoder.weights) : undefined;
}

interface Origin {
  readonly experiment: Experiment;
  /** Of its experiment file. */
  readonly folder: string;
}

/** The experiment of a run; undefined where only its lineage is left. */
function originOf(run: string): Origin | undefined {
  try {
    const status = readStatus(run);
    if (!status) return undefined;
    const folder = dirname(status.experimentFile);
    // Where the whole project was moved, the run still lies in its `.mil/runs`.
    return { experiment: readRunExperiment(run), folder: existsSync(folder) ? folder : resolve(run, '../../..') };
  } catch (error) {
    if (error instanceof HardmineError) return undefined;
    throw error;
  }
}

/** Whether a run changed the weights it began with. */
function learnt({ encoder, finetune, mining }: Experiment): boolean {
  return encoder.kind === 'resnet' && ((encoder.weights === undefined && encoder.pretrain.epochs > 0) || (finetune.enabled && mining.rounds > 1));
}

/** Patients by slide id, as the table of the run says; empty where it is gone. */
async function patientsOf({ experiment, folder }: Origin): Promise<Map<string, string>> {
  const { slides } = await readCohort(experiment.cohort, folder, { needSlides: false });
  return new Map(slides.map(({ id, patient }) => [id, patient]));
}

function note(seen: Map<string, SeenAs>, key: string, part: SeenAs): void {
  seen.set(key, stronger(seen.get(key), part)!);
}

function stronger(a: SeenAs | undefined, b: SeenAs | undefined): SeenAs | undefined {
  return a === 'train' || b === 'train' ? 'train' : (a ?? b);
}
