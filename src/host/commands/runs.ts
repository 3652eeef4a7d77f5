import { relative } from 'node:path';
import { formatMetric } from '../../shared/run/too-few.js';
import { listRuns, type RunSummary } from '../../shared/run/list.js';
import { listStudies } from '../../shared/study/list.js';
import type { StudyState } from '../../shared/study/read.js';
import { formatInterval, formatSpread, headline, type StudySummary } from '../../shared/study/summary.js';
import { print } from '../terminal/print.js';
import { renderTable } from '../terminal/table.js';
import { command, type CommandMaker } from './command.js';

/** `mil runs [FOLDER]` */
export const runsCommand: CommandMaker = () =>
  command('runs', 'List the runs and studies below a folder, newest first, and how each is doing.', ['mil runs', 'mil runs experiments --json', 'mil runs --json | jq ".[] | select(.study)"'])
    .argument('[folder]', 'where to look, a few folders deep', '.')
    .option('--json', 'print one JSON array: the runs, then the studies')
    .action(async (folder: string, { json }: { json?: boolean }) => {
      const [runs, studies] = await Promise.all([listRuns(folder, Date.now()), listStudies(folder, Date.now())]);
      const { currentSum } = await import('../study/current-sum.js');
      const summed = await Promise.all(studies.map(async (state): Promise<Summed> => ({ state, sum: await currentSum(state) })));
      if (json) print(JSON.stringify([...runs, ...summed.map(asJson)], undefined, 2));
      else if (runs.length + summed.length === 0) print('No runs here yet. Start one with "mil train FILE", or try "mil demo".');
      else print([...(runs.length > 0 ? [renderTable([['started', 'run', 'state', 'round', 'test AUROC'], ...runs.map(line)])] : []), ...(summed.length > 0 ? [renderTable([['created', 'study', 'state', 'runs done', 'test AUROC, mean ± sd', 'out of fold', 'held out'], ...summed.map(studyLine)])] : [])].join('\n\n'));
    });

/** A study and what its runs say together so far. */
interface Summed {
  readonly state: StudyState;
  readonly sum: StudySummary | undefined;
}

function line({ run, state, status: { round, rounds, started, error }, result }: RunSummary): string[] {
  return [minute(started), relative('', run), error ? `${state} (${error.code})` : state, `${round}/${rounds}`, result ? formatMetric(result.test, 'auroc') : ''];
}

function studyLine({ state: { folder, state, study, members }, sum }: Summed): string[] {
  const main = sum && headline(sum)?.spread;
  return [minute(study.created), relative('', folder), state, `${doneOf(members)}/${members.length}`, main ? `${formatSpread(main)} ${formatInterval(main)}`.trim() : '', sum?.outOfFold ? formatMetric(sum.outOfFold, 'auroc') : '', sum?.heldOut ? formatMetric(sum.heldOut.ensemble, 'auroc') : ''];
}

/** `auroc`: over folds where there are some, else over seeds; null where there is nothing to sum up. */
function asJson({ state: { folder, state, study, members }, sum }: Summed) {
  const main = sum && headline(sum);
  return { study: folder, name: study.name, state, created: study.created, members: { done: doneOf(members), all: members.length }, auroc: main ? { over: main.over, ...main.spread } : null, outOfFold: sum?.outOfFold?.auroc ?? null, heldOut: sum?.heldOut?.ensemble.auroc ?? null };
}

function doneOf(members: StudyState['members']): number {
  return members.filter(({ summary }) => summary?.state === 'done').length;
}

/** Here and now, to the minute. @param time milliseconds since 1970. */
function minute(time: number): string {
  return new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}
