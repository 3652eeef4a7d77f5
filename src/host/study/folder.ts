import { mkdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { fileError, replaceJson } from '../../shared/files.js';
import { runFiles, runFolderName, runsFolder } from '../../shared/run/layout.js';
import { readStatus } from '../../shared/run/read.js';
import { memberFile, studiesFolder, studyFiles } from '../../shared/study/layout.js';
import { memberExperiment, memberName, membersOf, type StudyMember } from '../../shared/study/members.js';
import { readStudy } from '../../shared/study/read.js';
import type { MemberFile, Study } from '../../shared/study/study.js';

/**
 * Makes the folder of a study and names the run of each member; no run folder is made yet.
 * @param out folder in which the study and its runs are made, instead of `.mil/studies` and `.mil/runs`.
 * @returns its absolute path.
 */
export function createStudy(file: string, experiment: Experiment, out: string | undefined, now: Date): string {
  const parent = resolve(out ?? join(dirname(file), studiesFolder));
  const runs = resolve(out ?? join(dirname(file), runsFolder));
  const name = runFolderName(experiment.name, now);
  const folder = makeFolder(join(parent, name));
  const stamp = folder.slice(parent.length + 1);
  const members = membersOf(experiment).map((member) => ({ ...member, run: relative(folder, join(runs, `${stamp}-${memberName(member)}`)) }));
  replaceJson(join(folder, studyFiles.experiment), experiment);
  replaceJson(join(folder, studyFiles.study), { name: experiment.name, experimentFile: resolve(file), created: now.getTime(), members } satisfies Study);
  return folder;
}

/** The study in a folder. @throws HardmineError `file-missing`. */
export function openStudy(folder: string): Study {
  const study = readStudy(folder);
  if (study) return study;
  throw new HardmineError('file-missing', 'This is not a study folder: it holds no study.json that can be read.', { place: { file: folder }, remedy: 'Name a folder under .mil/studies, or make one with "mil train FILE" of an experiment with folds or several seeds.' });
}

/** Makes the run folder of a member, or finds what is left of it from before. @returns whether it has begun before. */
export function prepareMember(folder: string, run: string, experiment: Experiment, member: StudyMember): boolean {
  if (readStatus(run)) return true;
  try {
    mkdirSync(run, { recursive: true });
  } catch (error) {
    throw fileError(error, run);
  }
  replaceJson(join(run, runFiles.experiment), memberExperiment(experiment, member));
  replaceJson(join(run, memberFile), { ...member, study: relative(run, folder) } satisfies MemberFile);
  return false;
}

/** Two studies started in the same second get two folders. */
function makeFolder(base: string): string {
  for (let copy = 1; ; copy++) {
    const folder = copy === 1 ? base : `${base}-${copy}`;
    try {
      mkdirSync(dirname(folder), { recursive: true });
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileError(error, folder);
    }
  }
}
