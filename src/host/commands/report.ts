import { join, relative, resolve } from 'node:path';
import { runFiles } from '../../shared/run/layout.js';
import { readRunExperiment } from '../run/folder.js';
import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil report RUN` */
export const reportCommand: CommandMaker = () =>
  command('report', 'Write report.md and report.html of a run, also of one that is still going on or failed.', ['mil report .mil/runs/20261122-091503-colon'])
    .argument('<run>', 'run folder')
    .action(async (run: string) => {
      const folder = resolve(run);
      readRunExperiment(folder);
      const { writeReport } = await import('../../report/index.js');
      await writeReport(folder);
      for (const file of [runFiles.reportMarkdown, runFiles.reportHtml]) print(relative('', join(folder, file)));
    });
