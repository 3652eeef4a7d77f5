import { relative } from 'node:path';
import { forbids, readExperimentFile } from '../experiment-file.js';
import { exitCodes, renderDiagnostic } from '../terminal/failure.js';
import { note, print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil check FILE` */
export const checkCommand: CommandMaker = (exit) =>
  command('check', 'Check an experiment file, its encoder file, cohort table and slides without training.', ['mil check colon.mil.json'])
    .argument('<file>', 'experiment file, *.mil.json or *.mil.yaml')
    .action(async (file: string) => {
      const parsed = readExperimentFile(file);
      const { checkFiles } = await import('../check-files.js');
      const ofFiles = await checkFiles(parsed, file, { readSlides: true });
      const all = [...parsed.diagnostics, ...ofFiles.map((diagnostic) => ({ ...diagnostic, place: { ...diagnostic.place, file: relative('', diagnostic.place.file ?? file) } }))];
      for (const diagnostic of all) print(renderDiagnostic(diagnostic));
      const errors = all.filter(({ severity }) => severity === 'error').length;
      note(`${plural(errors, 'error')}, ${plural(all.length - errors, 'warning')}.`);
      if (forbids(all)) exit(exitCodes.refused);
    });

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
