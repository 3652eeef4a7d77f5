import { markdownTable } from '../../../report/markdown-table.js';
import type { StudySummary } from '../../../shared/study/summary.js';
import { studySentences, studyTables } from './words.js';

/** The study as Markdown: for a terminal, a commit, or the editor's preview. */
export function studyMarkdown(summary: StudySummary): string {
  const tables = studyTables(summary).flatMap(({ title, head, rows, caption }) => [`## ${title}`, markdownTable(head, rows), caption]);
  return `${[`# ${summary.name}: ${summary.members.length} runs`, ...studySentences(summary), ...tables].join('\n\n')}\n`;
}
