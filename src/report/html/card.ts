import type { CardSection } from '../card.js';
import { escape } from './text.js';

/** A model card as the inside of a section. */
export function cardHtml(card: readonly CardSection[]): string {
  return card.map(({ title, lines }) => `<h3>${escape(title)}</h3>\n<ul>${lines.map((line) => `<li>${escape(line)}</li>`).join('\n')}</ul>`).join('\n');
}
