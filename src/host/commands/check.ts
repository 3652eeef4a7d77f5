import { dirname, relative, resolve } from 'node:path';
import type { Diagnostic } from '../../shared/diagnostics.js';
import type { Experiment } from '../../shared/experiment/index.js';
import type { ParsedExperiment } from '../../shared/experiment/parse.js';
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
      const all = parsed.experiment ? [...parsed.diagnostics, ...(await checkFiles(parsed.experiment, parsed.placeOf, file))] : parsed.diagnostics;
      for (const diagnostic of all) print(renderDiagnostic(diagnostic));
      const errors = all.filter(({ severity }) => severity === 'error').length;
      note(`${plural(errors, 'error')}, ${plural(all.length - errors, 'warning')}.`);
      if (forbids(all)) exit(exitCodes.refused);
    });

/** What the files an experiment names have against it, placed relative to where one stands. */
async function checkFiles(experiment: Experiment, placeOf: ParsedExperiment['placeOf'], file: string): Promise<Diagnostic[]> {
  const folder = resolve(dirname(file));
  const [{ checkCohort }, { checkEncoder }] = await Promise.all([import('../../cohort/check.js'), import('../check-encoder.js')]);
  const ofCohort = await checkCohort(experiment, folder);
  return [...(await checkEncoder(experiment, folder, placeOf)), ...ofCohort.map((diagnostic) => ({ ...diagnostic, place: { ...diagnostic.place, file: diagnostic.place.file === undefined ? file : relative('', diagnostic.place.file) } }))];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
