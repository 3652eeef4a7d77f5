import { CodeAction, CodeActionKind, Range, Uri, workspace, WorkspaceEdit, type CodeActionProvider } from 'vscode';
import type { Fix } from '../../shared/diagnostics.js';
import type { Session } from '../session.js';
import { Finding } from './findings.js';

/** A quick fix whose edits are asked for when it is chosen or looked at. */
class FixAction extends CodeAction {
  constructor(
    readonly fix: Fix,
    finding: Finding,
    readonly file: string,
  ) {
    super(fix.title, CodeActionKind.QuickFix);
    this.diagnostics = [finding];
    this.isPreferred = fix === finding.fixes[0];
  }
}

/** Quick fixes of the findings, in the experiment or in the table. */
export function experimentFixes({ service }: Session): CodeActionProvider<CodeAction> {
  return {
    provideCodeActions(_document, _range, { diagnostics }) {
      return diagnostics.flatMap((finding) => (finding instanceof Finding ? finding.fixes.map((fix) => new FixAction(fix, finding, 'file' in fix ? fix.file : finding.experiment)) : []));
    },
    async resolveCodeAction(action) {
      if (!(action instanceof FixAction)) return action;
      const document = await workspace.openTextDocument(Uri.file(action.file));
      const edits = await service.calls.editsOfFix(action.fix, action.file, document.getText());
      action.edit = new WorkspaceEdit();
      for (const { start, end, text } of edits) action.edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
      return action;
    },
  };
}
