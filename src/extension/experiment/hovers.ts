import { Hover, MarkdownString, Range, type HoverProvider } from 'vscode';
import type { Session } from '../session.js';
import { schemaIsSpokenFor } from './files.js';

/** Hovers: what a key or value means, and where the value differs from the paper or the reference code. */
export function experimentHovers({ service }: Session): HoverProvider {
  return {
    async provideHover(document, position) {
      const found = await service.calls.explainExperiment(document.uri.fsPath, document.getText(), document.offsetAt(position));
      if (!found) return undefined;
      const parts = [...(schemaIsSpokenFor(document) ? [] : [found.meaning]), ...found.badges];
      return parts.length === 0 ? undefined : new Hover(new MarkdownString(parts.join('\n\n'), true), new Range(document.positionAt(found.start), document.positionAt(found.end)));
    },
  };
}
