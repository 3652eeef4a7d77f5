import { dirname } from 'node:path';
import { Uri, window, workspace } from 'vscode';

/** Asks where to, and writes a file there. @param near run folder whose neighbour is offered where no folder is open. @returns whether it was written. */
export async function saveAs(name: string, content: Uint8Array, near: string | undefined): Promise<boolean> {
  const folder = workspace.workspaceFolders?.[0]?.uri ?? (near === undefined ? undefined : Uri.file(dirname(near)));
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const target = await window.showSaveDialog({ ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}), filters: { [extension.toUpperCase()]: [extension] } });
  if (!target) return false;
  await workspace.fs.writeFile(target, content);
  return true;
}
