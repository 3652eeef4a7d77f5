import { join } from 'node:path';
import { replaceFile, replaceJson } from '../../../shared/files.js';
import { studyFiles } from '../../../shared/study/layout.js';
import { studyStateAt } from '../../../shared/study/read.js';
import type { StudySummary } from '../../../shared/study/summary.js';
import { openStudy } from '../folder.js';
import { readMaterial } from '../material.js';
import { summariseStudy } from '../summarise.js';
import { studyHtml } from './html.js';
import { studyMarkdown } from './markdown.js';
import { studyMethods } from './methods.js';

/**
 * Sums up a study as its run folders are now, and writes `summary.json`, `report.md` and `report.html`.
 * @throws HardmineError `file-missing`, `run-damaged`, `disk-full`, `file-denied`.
 */
export async function writeStudyReport(folder: string, now = Date.now()): Promise<StudySummary> {
  openStudy(folder);
  const material = await readMaterial(studyStateAt(folder, now)!);
  const summary = summariseStudy(material);
  const methods = studyMethods(material);
  replaceJson(join(folder, studyFiles.summary), summary);
  replaceFile(join(folder, studyFiles.reportMarkdown), studyMarkdown(summary, methods));
  replaceFile(join(folder, studyFiles.reportHtml), studyHtml(summary, material.experiment, methods));
  return summary;
}
