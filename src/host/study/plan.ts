import { basename, dirname, resolve } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { runsFolder } from '../../shared/run/layout.js';
import type { RunResult } from '../../shared/run/metrics.js';
import { readResult, readStatus } from '../../shared/run/read.js';
import { memberExperiment, memberOf, membersOf, sameMember, type StudyMember } from '../../shared/study/members.js';
import { readStudy } from '../../shared/study/read.js';
import { createRunFolder, ensureSameExperiment, readRunExperiment } from '../run/folder.js';
import { createStudy, openStudy, prepareMember } from './folder.js';
import { narrowed, type MemberChoice } from './refine.js';

/** What is asked for beside the experiment file; at most one of `resume`, `study` and `into`. */
export interface PlanOptions extends MemberChoice {
  /** A run folder, or a study folder. */
  readonly resume?: string;
  /** A study folder; members that have begun are resumed. */
  readonly study?: string;
  readonly out?: string;
  /** A new run folder made already, by the process that detached this one. */
  readonly into?: string;
}

/** One run to be trained. */
export interface RunPlan {
  readonly kind: 'run';
  readonly experiment: Experiment;
  readonly runFolder: string;
  readonly resume: boolean;
}

/** Several, one after another. */
export interface StudyPlan {
  readonly kind: 'study';
  readonly folder: string;
  /** Each with its absolute run folder. */
  readonly members: readonly (StudyMember & { readonly run: string })[];
}

export type TrainingPlan = RunPlan | StudyPlan | { readonly kind: 'done'; readonly runFolder: string; readonly result: RunResult };

/**
 * Finds out which runs are meant, and makes their folders where they are new.
 * @throws HardmineError `usage`, `run-not-resumable`, `file-missing`.
 */
export function planTraining(file: string, experiment: Experiment, options: PlanOptions): TrainingPlan {
  const { resume, study, out, into } = options;
  if (study !== undefined) return planMembers(resolve(study), experiment, options, true);
  if (resume !== undefined) return readStudy(resolve(resume)) ? planMembers(resolve(resume), experiment, options, false) : planResumed(resolve(resume), narrowed(experiment, options));
  const narrow = narrowed(experiment, options);
  const members = membersOf(narrow);
  if (members.length > 1) return wholeStudy(createStudy(file, narrow, out, new Date()), () => true);
  const single = memberExperiment(narrow, members[0]!);
  const runFolder = into === undefined ? createRunFolder(out ?? resolve(dirname(file), runsFolder), single, new Date()) : resolve(into);
  return { kind: 'run', experiment: single, runFolder, resume: false };
}

/** @param alone one member that was chosen is trained by this very process. */
function planMembers(folder: string, experiment: Experiment, { repeat, fold, seed }: MemberChoice, alone: boolean): TrainingPlan {
  const plan = wholeStudy(folder, (member) => (repeat === undefined || member.repeat === repeat) && (fold === undefined || member.fold === fold) && (seed === undefined || member.seed === seed));
  if (plan.members.length === 0) throw new HardmineError('usage', 'This study has no such member.', { place: { file: folder }, remedy: '"mil study STUDY" lists its members.' });
  const began = readRunExperiment(folder);
  for (const member of plan.members) ensureSameExperiment(folder, memberExperiment(experiment, member), memberExperiment(began, member));
  const [member] = plan.members;
  if (!alone || plan.members.length > 1) return plan;
  const { run } = member!;
  const result = readStatus(run)?.state === 'done' ? readResult(run) : undefined;
  if (result) return { kind: 'done', runFolder: run, result };
  return { kind: 'run', experiment: memberExperiment(experiment, member!), runFolder: run, resume: prepareMember(folder, run, experiment, member!) };
}

function planResumed(runFolder: string, experiment: Experiment): RunPlan {
  const began = memberOf(readRunExperiment(runFolder));
  // A run of a study is one of the members; of anything else the difference is told.
  const member = membersOf(experiment).find((one) => sameMember(one, began));
  const single = member ? memberExperiment(experiment, member) : experiment;
  ensureSameExperiment(runFolder, single);
  if (readStatus(runFolder)?.state === 'done') throw new HardmineError('run-not-resumable', `The run ${basename(runFolder)} is done.`, { place: { file: runFolder }, remedy: 'Look at its report.html, or start a new run without --resume.' });
  return { kind: 'run', experiment: single, runFolder, resume: true };
}

function wholeStudy(folder: string, wanted: (member: StudyMember) => boolean): StudyPlan {
  const members = openStudy(folder).members.filter(wanted).map((member) => ({ ...member, run: resolve(folder, member.run) }));
  return { kind: 'study', folder, members };
}
