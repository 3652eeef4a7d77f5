import { estimateRows } from '../../shared/experiment/estimate.js';
import { readExperimentFile, usableExperiment } from '../experiment-file.js';
import { print } from '../terminal/print.js';
import { renderTable } from '../terminal/table.js';
import { command, type CommandMaker } from './command.js';

/** `mil estimate FILE` */
export const estimateCommand: CommandMaker = () =>
  command('estimate', 'Estimate patches, time, memory and disk of a run on this machine, and say how.', ['mil estimate colon.mil.json', 'mil estimate colon.mil.json --json'])
    .argument('<file>', 'experiment file, *.mil.json or *.mil.yaml')
    .option('--json', 'print JSON')
    .action(async (file: string, { json }: { json?: boolean }) => {
      const experiment = usableExperiment(readExperimentFile(file));
      const { estimate } = await import('../estimate/index.js');
      const found = await estimate(experiment, file);
      if (json) return print(JSON.stringify(found, undefined, 2));
      const rows = estimateRows(found);
      print(renderTable([['', 'estimate'], ...rows.map(({ quantity, value }) => [quantity, value])]));
      print('');
      for (const { quantity, how } of rows) if (how !== '') print(`${quantity}: ${how}.`);
    });
