import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';

/** Where thumbnails are kept: the extension's own storage, for all workspaces; safe to delete. */
export function thumbnailFolder(context: ExtensionContext): string {
  return join(context.globalStorageUri.fsPath, 'thumbnails');
}
