import { EventEmitter, l10n, ProgressLocation, Uri, window, workspace, type TextDocumentContentProvider } from 'vscode';
import { runMil } from '../service/run-mil.js';
import type { Session } from '../session.js';
import type { CommandHandler } from './index.js';

const scheme = 'mil-environment';
const page = Uri.parse(`${scheme}:/${encodeURIComponent('MIL environment')}.txt`);

/** MIL: Check Environment. What `mil doctor` says of the machine, engines and packages, in a page of its own. */
export const checkEnvironment: CommandHandler = async (session) => {
  const report = await window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('Checking packages and engines'), cancellable: true }, (_progress, token) =>
    runMil(session.context, ['doctor'], { token, accept: [1], ...(workspace.workspaceFolders?.[0] ? { cwd: workspace.workspaceFolders[0].uri.fsPath } : {}) }),
  );
  pageOf(session).show(report);
  await window.showTextDocument(page, { preview: true });
  return report;
};

/** A read-only page: nothing to save, nothing left over. */
class ReportPage implements TextDocumentContentProvider {
  private text = '';
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;

  show(text: string): void {
    this.text = text;
    this.changed.fire(page);
  }

  provideTextDocumentContent(): string {
    return this.text;
  }
}

let provided: ReportPage | undefined;

function pageOf({ context }: Session): ReportPage {
  if (!provided) {
    provided = new ReportPage();
    context.subscriptions.push(workspace.registerTextDocumentContentProvider(scheme, provided));
  }
  return provided;
}
