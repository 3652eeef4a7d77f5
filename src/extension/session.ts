import { window, type ExtensionContext, type LogOutputChannel, type TreeView } from 'vscode';
import { ExperimentChecks } from './experiment/checks.js';
import { RunStore } from './runs/store.js';
import { Studies } from './runs/studies.js';
import { createRunTree, type TreeNode } from './runs/tree.js';
import { ServiceProcess } from './service/process.js';

/** What the parts of the extension share in one window. */
export interface Session {
  readonly context: ExtensionContext;
  /** The "MIL" output channel. */
  readonly log: LogOutputChannel;
  /** `mil serve`, started when first asked. */
  readonly service: ServiceProcess;
  readonly runs: RunStore;
  /** Which runs belong together. */
  readonly studies: Studies;
  /** Problems of the open experiments. */
  readonly experiments: ExperimentChecks;
  /** The tree "Runs": what is selected there is what a key pressed there is about. */
  readonly runTree: TreeView<TreeNode>;
}

export function openSession(context: ExtensionContext): Session {
  const log = window.createOutputChannel('MIL', { log: true });
  const service = new ServiceProcess(context, log);
  const runs = new RunStore(context.workspaceState, log);
  const studies = new Studies(runs);
  const experiments = new ExperimentChecks({ service, log });
  context.subscriptions.push(log, service, runs, experiments);
  return { context, log, service, runs, studies, experiments, runTree: createRunTree({ context, runs, studies }) };
}
