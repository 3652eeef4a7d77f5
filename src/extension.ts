import type { ExtensionContext } from 'vscode';
import { registerCommands } from './extension/commands/index.js';
import { registerPanels } from './extension/panels/index.js';
import { registerRunViews } from './extension/runs/views.js';
import { openSession } from './extension/session.js';

/** Wires the parts together; each starts its work only when it is first needed. */
export function activate(context: ExtensionContext): void {
  const session = openSession(context);
  registerCommands(session);
  registerPanels(session);
  registerRunViews(session);
}
