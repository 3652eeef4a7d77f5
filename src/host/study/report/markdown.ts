import { cardMarkdown } from '../../../report/card.js';
import { markdownTable } from '../../../report/markdown-table.js';
import type { ToldStudy } from './told.js';
import { studySentences } from './words.js';

/** The study as Markdown: for a terminal, a commit, or the editor's preview. */
export function studyMarkdown({ summary, tables, methods, card }: ToldStudy): string {
  const parts = tables.flatMap(({ title, head, rows, caption }) => [`## ${title}`, markdownTable(head, rows), caption]);
  return `${[`# ${summary.name}: ${summary.members.length} runs`, ...studySentences(summary), ...parts, '## Methods', methods, '## Model card', cardMarkdown(card, 3)].join('\n\n')}\n`;
}
