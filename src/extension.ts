import type { ExtensionContext } from 'vscode';
import { registerCommands } from './extension/commands/index.js';
import { registerExperiments } from './extension/experiment/index.js';
import { registerPanels } from './extension/panels/index.js';
import { followRuns } from './extension/runs/index.js';
import { openSession } from './extension/session.js';
import { registerSlides } from './extension/slide-views/index.js';
import { registerTasks } from './extension/tasks/provider.js';
import { tickSteps } from './extension/walkthrough/steps.js';

/** Wires the parts together; each starts its work only when it is first needed. */
export function activate(context: ExtensionContext): void {
  const began = performance.now();
  const session = openSession(context);
  registerCommands(session);
  registerPanels(session);
  registerExperiments(session);
  registerTasks(session);
  registerSlides(session);
  followRuns(session);
  tickSteps(session);
  session.log.info(`Activated in ${(performance.now() - began).toFixed(1)} ms`);
}
