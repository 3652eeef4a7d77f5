import { join, relative, resolve } from 'node:path';
import { runFiles } from '../../shared/run/layout.js';
import { readRunExperiment } from '../run/folder.js';
import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil report RUN` */
export const reportCommand: CommandMaker = () =>
  command('report', 'Write report.md and report.html of a run, also of one that is still going on or failed.', ['mil report .mil/runs/20261122-091503-colon', 'mil report .mil/runs/20261122-091503-colon --oracle', 'mil report .mil/runs/20261122-091503-colon --methods'])
    .argument('<run>', 'run folder')
    .option('--oracle', 'show beside the result what choosing by test would have claimed, and the gap (needs evaluation.oracle)')
    .option('--methods', 'print a methods paragraph instead')
    .option('--card', 'print a model card as Markdown instead')
    .action(async (run: string, { oracle = false, methods, card }: { oracle?: boolean; methods?: boolean; card?: boolean }) => {
      const folder = resolve(run);
      readRunExperiment(folder);
      const { writeReport, readRecord, methodsText, cardMarkdown, modelCard } = await import('../../report/index.js');
      if (methods || card) {
        const record = await readRecord(folder);
        if (methods) print(methodsText(record));
        if (card) print(`# Model card: ${record.experiment.name}\n\n${cardMarkdown(modelCard(record), 2)}`);
        return;
      }
      await writeReport(folder, Date.now(), { oracle });
      for (const file of [runFiles.reportMarkdown, runFiles.reportHtml]) print(relative('', join(folder, file)));
    });
