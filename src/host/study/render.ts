import { join, relative } from 'node:path';
import { studyFiles } from '../../shared/study/layout.js';
import type { StudySummary } from '../../shared/study/summary.js';
import { renderTable } from '../terminal/table.js';
import { studySentences, studyTables } from './report/words.js';

/** The study for a terminal: the run table, the means, and where its report lies. */
export function renderStudy(summary: StudySummary, folder: string): string {
  const tables = studyTables(summary).flatMap(({ title, head, rows, caption }) => ['', title, renderTable([head, ...rows]), caption]);
  return [...tables, '', ...studySentences(summary), `Report: ${relative('', join(folder, studyFiles.reportHtml))}`].join('\n');
}
