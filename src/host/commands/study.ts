import { dirname, resolve } from 'node:path';
import { splitsOf } from '../../cohort/split.js';
import { readCohort } from '../../cohort/table/cohort.js';
import type { SplitName } from '../../cohort/contract.js';
import { HardmineError } from '../../shared/errors.js';
import { membersOf } from '../../shared/study/members.js';
import { readStudy } from '../../shared/study/read.js';
import { readExperimentFile, usableExperiment } from '../experiment-file.js';
import { createStudy, openStudy } from '../study/folder.js';
import { renderStudy } from '../study/render.js';
import { writeStudyReport } from '../study/report/index.js';
import { slurmScript } from '../study/slurm.js';
import { note, print } from '../terminal/print.js';
import { renderTable } from '../terminal/table.js';
import { command, type CommandMaker } from './command.js';

interface StudyFlags {
  readonly json?: boolean;
  readonly slurm?: boolean;
  readonly oracle?: boolean;
  readonly out?: string;
}

/** `mil study FILE|STUDY` */
export const studyCommand: CommandMaker = () =>
  command('study', 'Sum up the folds and seeds of a study; of an experiment file, list the runs it means, or print a Slurm job array for them.', ['mil study colon.mil.json', 'mil study .mil/studies/20261122-091503-colon', 'mil study .mil/studies/20261122-091503-colon --json | jq .folds.metrics.auroc', 'mil study colon.mil.json --slurm > job.sh && sbatch job.sh'])
    .argument('<path>', 'study folder, or experiment file')
    .option('--slurm', 'print an sbatch script that trains each run as a task of its own; of an experiment file, makes the study folder first')
    .option('--out <dir>', 'with --slurm: folder in which the study and its runs are made (default: .mil beside the experiment)')
    .option('--oracle', 'show what choosing by test would have claimed, and the gap (needs evaluation.oracle)')
    .option('--json', 'print one JSON value')
    .action(async (path: string, flags: StudyFlags) => {
      const folder = readStudy(resolve(path)) ? resolve(path) : undefined;
      if (flags.slurm) return printScript(folder ?? newStudy(path, flags.out));
      if (folder === undefined) return listMembers(path, flags.json === true);
      const report = await writeStudyReport(folder, Date.now(), { oracle: flags.oracle === true });
      print(flags.json ? JSON.stringify({ ...report.summary, ...(report.claims ? { oracleClaims: report.claims } : {}) }, undefined, 2) : renderStudy(report, folder));
    });

function newStudy(file: string, out: string | undefined): string {
  const experiment = usableExperiment(readExperimentFile(file));
  if (membersOf(experiment).length === 1) throw new HardmineError('usage', 'This experiment means a single run.', { place: { file }, remedy: 'Set "split.folds" or "seeds", or submit "mil train FILE" itself.' });
  return createStudy(file, experiment, out, new Date());
}

function printScript(folder: string): void {
  print(slurmScript(openStudy(folder), folder, [process.execPath, ...process.execArgv, resolve(process.argv[1]!)]).trimEnd());
  note(`Study ${folder}`);
}

/** Which runs an experiment means, and how many slides each trains on, chooses by and tests. */
async function listMembers(file: string, json: boolean): Promise<void> {
  const experiment = usableExperiment(readExperimentFile(file));
  const folder = resolve(dirname(file));
  const { slides } = await readCohort(experiment.cohort, folder, { needSlides: false });
  const splits = splitsOf(slides, experiment.split, folder);
  const count = (split: ReadonlyMap<string, SplitName>, part: SplitName): number => slides.filter(({ id }) => split.get(id) === part).length;
  const members = membersOf(experiment).map((member) => {
    const { split } = splits.find(({ repeat, fold }) => repeat === member.repeat && fold === member.fold)!;
    return { ...member, train: count(split, 'train'), validation: count(split, 'validation'), test: count(split, 'test'), heldOut: count(split, 'held-out') };
  });
  if (json) print(JSON.stringify(members, undefined, 2));
  else print(renderTable([['repeat', 'fold', 'seed', 'train', 'validation', 'test', 'held out'], ...members.map((member) => [member.repeat, member.fold ?? '–', member.seed, member.train, member.validation, member.test, member.heldOut].map(String))]));
}
