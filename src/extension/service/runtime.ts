import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspace, type ExtensionContext } from 'vscode';

/** How `mil` is started: the program, and what its environment must hold. */
export interface Runtime {
  readonly program: string;
  /** Path of the bundled command line. */
  readonly mil: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The Node that runs `mil`: the one of the setting `mil.nodePath`, or else the editor's own, which on the
 * desktop is Electron and must be told to behave as Node.
 */
export function runtimeOf(context: ExtensionContext): Runtime {
  const chosen = workspace.getConfiguration('mil').get<string>('nodePath', '').trim();
  const env: NodeJS.ProcessEnv = { ...process.env };
  // Of the editor, not of the host: what it set for its own extension host would change how Node starts.
  delete env.NODE_OPTIONS;
  delete env.VSCODE_IPC_HOOK_CLI;
  if (process.versions.electron && chosen === '') env.ELECTRON_RUN_AS_NODE = '1';
  else delete env.ELECTRON_RUN_AS_NODE;
  const openslide = workspace.getConfiguration('mil').get<string>('openslidePath', '').trim();
  if (openslide !== '') env.MIL_OPENSLIDE_PATH = openslide;
  const tensorflow = tensorflowFolder(context);
  if (existsSync(join(tensorflow, 'node_modules'))) env.MIL_TENSORFLOW_PATH ??= tensorflow;
  return { program: chosen || process.execPath, mil: context.asAbsolutePath('dist/mil.js'), env };
}

/** Where the TensorFlow engine is installed on demand: the extension's own, for all workspaces of this machine. */
export function tensorflowFolder(context: ExtensionContext): string {
  return join(context.globalStorageUri.fsPath, 'tensorflow');
}
