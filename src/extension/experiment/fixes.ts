import { CodeAction, CodeActionKind, DiagnosticSeverity, l10n, Range, Uri, workspace, WorkspaceEdit, type CodeActionProvider, type TextDocument } from 'vscode';
import type { Fix } from '../../shared/diagnostics.js';
import { isRule } from '../../shared/lint/rules.js';
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

/** Asks why a warning of the protocol linter may be, and writes that into the experiment. */
function ignoreAction(finding: Finding): CodeAction[] {
  const code = String(typeof finding.code === 'object' ? finding.code.value : finding.code);
  if (!isRule(code) || finding.severity === DiagnosticSeverity.Error) return [];
  const action = new CodeAction(l10n.t('Ignore this rule…'), CodeActionKind.QuickFix);
  action.diagnostics = [finding];
  action.command = { command: 'mil.ignoreRule', title: action.title, arguments: [finding.experiment, code] };
  return [action];
}

/** The edit that carries out a fix. */
export async function editOf({ service }: Session, fix: Fix, document: TextDocument): Promise<WorkspaceEdit> {
  const edit = new WorkspaceEdit();
  for (const { start, end, text } of await service.calls.editsOfFix(fix, document.uri.fsPath, document.getText())) edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
  return edit;
}

/** Quick fixes of the findings, in the experiment or in the table. */
export function experimentFixes(session: Session): CodeActionProvider<CodeAction> {
  return {
    provideCodeActions(_document, _range, { diagnostics }) {
      return diagnostics.flatMap((finding) => (finding instanceof Finding ? [...finding.fixes.map((fix) => new FixAction(fix, finding, 'file' in fix ? fix.file : finding.experiment)), ...ignoreAction(finding)] : []));
    },
    async resolveCodeAction(action) {
      if (!(action instanceof FixAction)) return action;
      action.edit = await editOf(session, action.fix, await workspace.openTextDocument(Uri.file(action.file)));
      return action;
    },
  };
}
