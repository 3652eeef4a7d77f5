import { InvalidArgumentError } from 'commander';
import { relative, resolve } from 'node:path';
import { experimentSchema } from '../../shared/experiment/index.js';
import { note, print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

interface NewOptions {
  readonly out?: string;
  readonly name?: string;
  readonly labels?: string;
  readonly features?: boolean;
  readonly json?: boolean;
}

/** `mil new FOLDER` */
export const newCommand: CommandMaker = () =>
  command('new', 'Begin an experiment from a folder of slides or features: writes a cohort table and an experiment file, over nothing.', ['mil new slides', 'mil new slides --labels labels.csv --out .', 'mil new data --features'])
    .argument('<folder>', 'folder of slides (.svs, .tif, .png, .jpg) or of features (one .h5 or .pt a slide), looked at a few folders deep')
    .option('--out <dir>', 'folder the two files are written to (default: the same)')
    .option('--name <name>', 'name of the experiment (default: that of the folder)', experimentName)
    .option('--labels <table>', 'table with the labels (default: the one found that names most slides)')
    .option('--features', 'take features where there are slides too')
    .option('--json', 'print one JSON object: experimentFile, cohortFile, notes')
    .action(async (folder: string, { out = folder, name, labels, features, json }: NewOptions) => {
      const { inferCohort, withResolutions, writeExperiment } = await import('../../cohort/infer/index.js');
      const cohort = await withResolutions(await inferCohort(resolve(folder), { ...(features ? { features } : {}), ...(labels === undefined ? {} : { labels: resolve(labels) }) }), folder);
      const { experimentFile, cohortFile } = writeExperiment(cohort, resolve(folder), resolve(out), name);
      if (json) return print(JSON.stringify({ experimentFile, cohortFile, notes: cohort.notes }));
      for (const line of cohort.notes) note(line);
      for (const file of [cohortFile, experimentFile]) print(relative('', file));
    });

function experimentName(text: string): string {
  const { data, error } = experimentSchema.shape.name.safeParse(text);
  if (error) throw new InvalidArgumentError(error.issues[0]!.message);
  return data;
}
