import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HardmineError } from '../../shared/errors.js';
import type { Experiment } from '../../shared/experiment/index.js';
import { runsFolder } from '../../shared/run/layout.js';
import { readLineage, readStatus } from '../../shared/run/read.js';
import type { SlideQuality } from '../../shared/slide-quality.js';
import { readRunExperiment } from '../run/folder.js';

/** So many of the newest runs are asked. */
const asked = 5;

/** What the newest run of the same cohort table beside the experiment has seen of the slides when it cut their patches, by slide id; empty where none has. */
export function rememberedQualities({ cohort }: Pick<Experiment, 'cohort'>, baseFolder: string): ReadonlyMap<string, SlideQuality> {
  const folder = join(baseFolder, runsFolder);
  // Names of runs begin with their time.
  const runs = existsSync(folder) ? readdirSync(folder).sort().reverse().slice(0, asked) : [];
  for (const run of runs.map((name) => join(folder, name))) {
    try {
      const status = readStatus(run);
      const quality = status && dirname(status.experimentFile) === baseFolder && readRunExperiment(run).cohort.table === cohort.table ? readLineage(run)?.quality : undefined;
      if (quality) return new Map(Object.entries(quality));
    } catch (error) {
      // A damaged run says nothing.
      if (!(error instanceof HardmineError)) throw error;
    }
  }
  return new Map();
}
