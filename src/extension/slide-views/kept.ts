import { join } from 'node:path';
import type { ExtensionContext } from 'vscode';

// The extension's own storage, for all workspaces; safe to delete.

/** Where thumbnails are kept. */
export function thumbnailFolder(context: ExtensionContext): string {
  return join(context.globalStorageUri.fsPath, 'thumbnails');
}

/** Where the quality records of single slide files are kept. */
export function qualityFolder(context: ExtensionContext): string {
  return join(context.globalStorageUri.fsPath, 'quality');
}
