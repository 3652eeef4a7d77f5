import { join, relative } from 'node:path';
import { studyFiles } from '../../shared/study/layout.js';
import { renderTable } from '../terminal/table.js';
import type { ToldStudy } from './report/told.js';
import { studySentences } from './report/words.js';

/** The study for a terminal: the run table, the means, and where its report lies. */
export function renderStudy({ summary, tables }: ToldStudy, folder: string): string {
  const parts = tables.flatMap(({ title, head, rows, caption }) => ['', title, renderTable([head, ...rows]), caption]);
  return [...parts, '', ...studySentences(summary), `Report: ${relative('', join(folder, studyFiles.reportHtml))}`].join('\n');
}
