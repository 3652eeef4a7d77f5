import { markdownTable } from '../../../report/markdown-table.js';
import type { StudySummary } from '../../../shared/study/summary.js';
import { studySentences, studyTables } from './words.js';

/** The study as Markdown: for a terminal, a commit, or the editor's preview. @param methods how its runs were made, for a paper. */
export function studyMarkdown(summary: StudySummary, methods: string): string {
  const tables = studyTables(summary).flatMap(({ title, head, rows, caption }) => [`## ${title}`, markdownTable(head, rows), caption]);
  return `${[`# ${summary.name}: ${summary.members.length} runs`, ...studySentences(summary), ...tables, '## Methods', methods].join('\n\n')}\n`;
}
