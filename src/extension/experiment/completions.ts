import { CompletionItem, CompletionItemKind, MarkdownString, Range, SnippetString, type CompletionItemProvider } from 'vscode';
import type { Suggestion } from '../../shared/rpc/experiments.js';
import type { Session } from '../session.js';
import { schemaIsSpokenFor } from './files.js';

const kinds: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = { key: CompletionItemKind.Property, value: CompletionItemKind.EnumMember, file: CompletionItemKind.File, column: CompletionItemKind.Field };

/** Completions: keys and values where nobody else gives them, files and columns of the cohort table everywhere. */
export function experimentCompletions({ service }: Session): CompletionItemProvider {
  return {
    async provideCompletionItems(document, position) {
      const found = await service.calls.completeExperiment(document.uri.fsPath, document.getText(), document.offsetAt(position));
      const known = schemaIsSpokenFor(document);
      return found
        .filter(({ kind }) => !known || kind === 'file' || kind === 'column')
        .map(({ label, kind, detail, documentation, insert, start, end }, index) => {
          const item = new CompletionItem(label, kinds[kind]);
          const range = new Range(document.positionAt(start), document.positionAt(end));
          item.detail = detail ?? '';
          item.documentation = documentation === undefined ? undefined : new MarkdownString(documentation);
          item.insertText = new SnippetString(insert);
          item.range = range;
          // What is typed may begin with a quote, which no label does.
          item.filterText = document.getText(range).startsWith('"') ? `"${label}"` : label;
          item.sortText = `${kind === 'file' || kind === 'column' ? 0 : 1}${String(index).padStart(4, '0')}`;
          return item;
        });
    },
  };
}
