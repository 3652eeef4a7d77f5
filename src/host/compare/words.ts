import { basename } from 'node:path';
import type { ComparedMetric } from '../../mil/statistics/index.js';
import { HardmineError } from '../../shared/errors.js';
import { readStudy } from '../../shared/study/read.js';
import { compareRuns } from './index.js';
import { comparisonMarkdown } from './render.js';
import { studiesMarkdown } from './render-studies.js';
import { compareStudies } from './studies.js';

/** What `mil compare` says of runs, or of studies, as Markdown. @param folders absolute. @throws HardmineError `usage` saying why they cannot be compared, `run-damaged`. */
export async function compareInWords(folders: readonly string[], metric: ComparedMetric): Promise<string> {
  const distinct = [...new Set(folders)];
  if (distinct.length < 2) throw new HardmineError('usage', 'There is nothing to compare one run with.', { remedy: 'Choose at least two runs, or two studies.' });
  if (distinct.some((folder) => readStudy(folder))) return studiesMarkdown(compareStudies(distinct, metric));
  return comparisonMarkdown(compareRuns(distinct, metric, basename));
}
