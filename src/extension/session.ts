import { window, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { RunStore } from './runs/store.js';
import { ServiceProcess } from './service/process.js';

/** What the parts of the extension share in one window. */
export interface Session {
  readonly context: ExtensionContext;
  /** The "MIL" output channel. */
  readonly log: LogOutputChannel;
  /** `mil serve`, started when first asked. */
  readonly service: ServiceProcess;
  readonly runs: RunStore;
}

export function openSession(context: ExtensionContext): Session {
  const log = window.createOutputChannel('MIL', { log: true });
  const service = new ServiceProcess(context, log);
  const runs = new RunStore(context.workspaceState, log);
  context.subscriptions.push(log, service, runs);
  return { context, log, service, runs };
}
