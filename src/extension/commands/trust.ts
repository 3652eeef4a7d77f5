import { commands, l10n, window, workspace } from 'vscode';

/** Whether this workspace may start programs. Where it may not, the person is asked to trust it first. */
export async function requireTrust(): Promise<boolean> {
  if (workspace.isTrusted) return true;
  const manage = l10n.t('Manage Workspace Trust');
  const chosen = await window.showWarningMessage(l10n.t('Training starts programs with files of this folder, which is not trusted yet.'), manage);
  if (chosen === manage) await commands.executeCommand('workbench.trust.manage');
  return workspace.isTrusted;
}
