import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readCohort } from '../../cohort/table/cohort.js';
import type { Experiment } from '../../shared/experiment/index.js';
import type { RunEvent } from '../../shared/run/events.js';
import { runFiles } from '../../shared/run/layout.js';
import { readPredictions, type SlidePrediction } from '../../shared/run/predictions.js';
import { readJournal, readLineage } from '../../shared/run/read.js';
import type { Lineage } from '../../shared/run/state.js';
import type { MemberState, StudyState } from '../../shared/study/read.js';
import { readRunExperiment } from '../run/folder.js';

/** A member that is done, with what it predicted. */
export interface DoneMember extends MemberState {
  readonly result: NonNullable<NonNullable<MemberState['summary']>['result']>;
  /** Of its test slides, and of those held out of the whole study. */
  readonly predictions: { readonly test: readonly SlidePrediction[]; readonly heldOut: readonly SlidePrediction[] };
  /** Slides it learnt from. */
  readonly trained: number;
  /** Where its folder still tells. */
  readonly lineage?: Lineage | undefined;
  /** What it was warned of. */
  readonly warnings: readonly RunEvent[];
}

/** All that a summary is made of. */
export interface StudyMaterial {
  readonly state: StudyState;
  readonly experiment: Experiment;
  readonly done: readonly DoneMember[];
  patientOf(slide: string): string;
}

/** Reads what the members of a study left. Where the cohort table is gone, every slide counts as its own patient. */
export async function readMaterial(state: StudyState): Promise<StudyMaterial> {
  const experiment = readRunExperiment(state.folder);
  const done = state.members.flatMap((member): DoneMember[] => {
    const { summary, run } = member;
    if (summary?.state !== 'done' || !summary.result) return [];
    const lineage = readLineage(run);
    const trained = Object.values(lineage?.split ?? {}).filter((part) => part === 'train').length;
    const predictions = { test: readPredictions(join(run, runFiles.testPredictions)) ?? [], heldOut: readPredictions(join(run, runFiles.heldOutPredictions)) ?? [] };
    return [{ ...member, result: summary.result, predictions, trained, lineage, warnings: warningsOf(run) }];
  });
  const { slides } = await readCohort(experiment.cohort, resolve(dirname(state.study.experimentFile)), { needSlides: false });
  const patients = new Map(slides.map(({ id, patient }) => [id, patient]));
  return { state, experiment, done, patientOf: (slide) => patients.get(slide) ?? slide };
}

function warningsOf(run: string): RunEvent[] {
  const journal = join(run, runFiles.events);
  return existsSync(journal) ? readJournal(journal).events.filter(({ type }) => type === 'warning') : [];
}
