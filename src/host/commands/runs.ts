import { relative } from 'node:path';
import { formatEstimate } from '../../shared/run/result-rows.js';
import { listRuns, type RunSummary } from '../../shared/run/list.js';
import { print } from '../terminal/print.js';
import { renderTable } from '../terminal/table.js';
import { command, type CommandMaker } from './command.js';

/** `mil runs [FOLDER]` */
export const runsCommand: CommandMaker = () =>
  command('runs', 'List the runs below a folder, newest first, and how each is doing.', ['mil runs', 'mil runs experiments --json'])
    .argument('[folder]', 'where to look, a few folders deep', '.')
    .option('--json', 'print one JSON array')
    .action(async (folder: string, { json }: { json?: boolean }) => {
      const runs = await listRuns(folder, Date.now());
      if (json) print(JSON.stringify(runs, undefined, 2));
      else if (runs.length === 0) print('No runs here yet. Start one with "mil train FILE", or try "mil demo".');
      else print(renderTable([['started', 'run', 'state', 'round', 'test AUROC'], ...runs.map(line)]));
    });

function line({ run, state, status: { round, rounds, started, error }, result }: RunSummary): string[] {
  const when = new Date(started - new Date(started).getTimezoneOffset() * 60_000).toISOString().slice(0, 16).replace('T', ' ');
  return [when, relative('', run), error ? `${state} (${error.code})` : state, `${round}/${rounds}`, result ? formatEstimate(result.test.auroc) : ''];
}
