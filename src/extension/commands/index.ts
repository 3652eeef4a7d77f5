import { commands, window } from 'vscode';
import { messageOf } from '../../shared/errors.js';
import type { Session } from '../session.js';
import { createSample } from './create-sample.js';
import { startRun } from './start-run.js';
import { openDashboard } from './open-dashboard.js';

/** What a command does in a session; what it throws is shown to the person. */
export type CommandHandler = (session: Session, ...args: readonly unknown[]) => unknown;

/** Every command of the manifest, by its id. */
export const commandTable: Readonly<Record<string, CommandHandler>> = {
  'mil.createSample': createSample,
  'mil.startRun': startRun,
  'mil.openDashboard': openDashboard,
};

export function registerCommands(session: Session): void {
  for (const [id, handler] of Object.entries(commandTable)) {
    session.context.subscriptions.push(
      commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await handler(session, ...args);
        } catch (error) {
          session.log.error(error instanceof Error ? error : String(error));
          void window.showErrorMessage(messageOf(error));
          return undefined;
        }
      }),
    );
  }
}
