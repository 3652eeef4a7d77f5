import { Option } from 'commander';
import { resolve } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import { readStudy } from '../../shared/study/read.js';
import { comparedMetrics, type ComparedMetric } from '../../mil/statistics/index.js';
import { print } from '../terminal/print.js';
import { command, type CommandMaker } from './command.js';

/** `mil compare RUN RUN…` */
export const compareCommand: CommandMaker = () =>
  command('compare', 'Compare runs on the test slides they share, or studies fold by fold: differences with intervals, p, and p corrected for their number.', ['mil compare .mil/runs/20261122-091503-colon .mil/runs/20261122-101210-colon-k5', 'mil compare .mil/runs/*-colon-* --metric balancedAccuracy', 'mil compare .mil/studies/20261122-091503-colon .mil/studies/20261122-101210-colon-k5', 'mil compare .mil/runs/* --json | jq .differences[0].p'])
    .argument('<runs...>', 'run folders, at least two, all done and tested on the same slides; or study folders')
    .addOption(new Option('--metric <name>', 'what is compared').choices(comparedMetrics).default('auroc'))
    .option('--json', 'print one JSON object')
    .action(async (folders: string[], { metric, json }: { metric: ComparedMetric; json?: boolean }) => {
      if (folders.length < 2) throw new HardmineError('usage', 'There is nothing to compare one run with.', { remedy: 'Name at least two run folders; "mil runs" lists them.' });
      if (folders.some((folder) => readStudy(resolve(folder)))) return compareStudies(folders, metric, json === true);
      const [{ compareRuns, level }, { renderComparison }] = await Promise.all([import('../compare/index.js'), import('../compare/render.js')]);
      const comparison = compareRuns(folders.map((folder) => resolve(folder)), metric);
      if (!json) return print(renderComparison(comparison));
      const { runs, slides, patients, classes, differences, ofClasses } = comparison;
      const named = <T extends { readonly first: number; readonly second: number }>({ first, second, ...difference }: T) => ({ first: runs[first]!.name, second: runs[second]!.name, ...difference });
      const byClass = classes && ofClasses.map(({ class: k, ...difference }) => ({ class: classes.names[k], ...named(difference) }));
      print(JSON.stringify({ metric, level, slides: slides.length, patients: comparison.patientsUnknown ? null : new Set(patients).size, runs: runs.map(({ name, result }) => ({ run: name, test: result.test[metric] })), differences: differences.map(named), ...(byClass ? { classes: byClass } : {}) }, undefined, 2));
    });

async function compareStudies(folders: readonly string[], metric: ComparedMetric, json: boolean): Promise<void> {
  const [compare, { renderStudies }] = await Promise.all([import('../compare/studies.js'), import('../compare/render-studies.js')]);
  const comparison = compare.compareStudies(folders.map((folder) => resolve(folder)), metric);
  print(json ? JSON.stringify(comparison, undefined, 2) : renderStudies(comparison));
}
