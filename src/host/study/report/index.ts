import { join } from 'node:path';
import { replaceFile, replaceJson } from '../../../shared/files.js';
import { studyFiles } from '../../../shared/study/layout.js';
import { studyStateAt } from '../../../shared/study/read.js';
import { openStudy } from '../folder.js';
import { readMaterial } from '../material.js';
import { studyClaims, type StudyClaim } from '../oracle.js';
import { summariseStudy } from '../summarise.js';
import { studyHtml } from './html.js';
import { studyMarkdown } from './markdown.js';
import { toldStudy, type ToldStudy } from './told.js';

/** What was written, for who prints it too. */
export interface StudyReport extends ToldStudy {
  /** Undefined where nobody asked. */
  readonly claims: readonly StudyClaim[] | undefined;
}

/**
 * Sums up a study as its run folders are now, and writes `summary.json`, `report.md` and `report.html`.
 * @param oracle whether the report shows what choosing by test would have claimed; `summary.json` never does.
 * @throws HardmineError `file-missing`, `run-damaged`, `disk-full`, `file-denied`; `usage` where a run has no oracle.
 */
export async function writeStudyReport(folder: string, now = Date.now(), { oracle = false }: { oracle?: boolean } = {}): Promise<StudyReport> {
  openStudy(folder);
  const material = await readMaterial(studyStateAt(folder, now)!);
  const summary = summariseStudy(material);
  const claims = oracle ? studyClaims(material) : undefined;
  const told = toldStudy(material, summary, claims);
  replaceJson(join(folder, studyFiles.summary), summary);
  replaceFile(join(folder, studyFiles.reportMarkdown), studyMarkdown(told));
  replaceFile(join(folder, studyFiles.reportHtml), studyHtml(told, material.experiment));
  return { ...told, claims };
}
