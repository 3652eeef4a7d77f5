import type { StudySummary } from '../../../shared/study/summary.js';
import { studySentences, studyTables } from './words.js';

/** The study as Markdown: for a terminal, a commit, or the editor's preview. */
export function studyMarkdown(summary: StudySummary): string {
  const tables = studyTables(summary).flatMap(({ title, head, rows, caption }) => [`## ${title}`, table(head, rows), caption]);
  return `${[`# ${summary.name}: ${summary.members.length} runs`, ...studySentences(summary), ...tables].join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
