import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Diagnostic } from '../../shared/diagnostics.js';
import { runFiles } from '../../shared/run/layout.js';
import { forbids, readExperimentFile } from '../experiment-file.js';
import { readRunExperiment } from '../run/folder.js';
import { exitCodes, renderDiagnostic } from '../terminal/failure.js';
import { note, print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil check FILE` and `mil check RUN` */
export const checkCommand: CommandMaker = (exit) =>
  command('check', 'Check an experiment file, its encoder file, cohort table and slides without training; or what a run says against its own numbers.', ['mil check colon.mil.json', 'mil check .mil/runs/20261122-091503-colon'])
    .argument('<file>', 'experiment file, *.mil.json or *.mil.yaml, or a run folder')
    .action(async (file: string) => {
      const all = existsSync(join(file, runFiles.experiment)) ? await ofRun(file) : await ofExperiment(file);
      for (const diagnostic of all) print(renderDiagnostic(diagnostic));
      const errors = all.filter(({ severity }) => severity === 'error').length;
      note(`${plural(errors, 'error')}, ${plural(all.length - errors, 'warning')}.`);
      if (forbids(all)) exit(exitCodes.refused);
    });

async function ofExperiment(file: string): Promise<Diagnostic[]> {
  const parsed = readExperimentFile(file);
  const { checkFiles } = await import('../check-files.js');
  const ofFiles = await checkFiles(parsed, file, { readSlides: true });
  return [...parsed.diagnostics, ...ofFiles.map((diagnostic) => ({ ...diagnostic, place: { ...diagnostic.place, file: relative('', diagnostic.place.file ?? file) } }))];
}

async function ofRun(run: string): Promise<Diagnostic[]> {
  const folder = resolve(run);
  const { lintRunFolder } = await import('../lint/run/index.js');
  const found = await lintRunFolder(folder, readRunExperiment(folder));
  return found.map((diagnostic) => ({ ...diagnostic, place: { ...diagnostic.place, file: relative('', run) || '.' } }));
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
