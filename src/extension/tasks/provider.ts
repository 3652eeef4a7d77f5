import { basename } from 'node:path';
import { l10n, ProcessExecution, Task, TaskGroup, tasks, Uri, workspace, type ExtensionContext, type TaskDefinition, type WorkspaceFolder } from 'vscode';
import { findExperiments } from '../runs/context-keys.js';
import { runtimeOf } from '../service/runtime.js';
import type { Session } from '../session.js';

const type = 'mil';
const taskCommands = ['check', 'train'] as const;
type TaskCommand = (typeof taskCommands)[number];

/** `taskDefinitions` of the manifest. */
interface MilTask extends TaskDefinition {
  readonly type: typeof type;
  readonly command: TaskCommand;
  /** Relative to the workspace folder, or absolute. */
  readonly file: string;
  readonly args?: readonly string[];
}

/** Tasks of type `mil`: `check` and `train` of every experiment file, and those written in tasks.json. */
export function registerTasks({ context }: Session): void {
  context.subscriptions.push(
    tasks.registerTaskProvider(type, {
      async provideTasks() {
        const files = await findExperiments();
        return files.flatMap((file) => {
          const folder = workspace.getWorkspaceFolder(Uri.file(file));
          return folder ? taskCommands.map((command) => makeTask(context, { type, command, file: workspace.asRelativePath(file, false) }, folder)) : [];
        });
      },
      resolveTask({ definition, scope }) {
        const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
        return folder && isMilTask(definition) ? makeTask(context, definition, folder) : undefined;
      },
    }),
  );
}

// It runs in the terminal of the task, as `mil` typed by hand would, and ends with it.
function makeTask(context: ExtensionContext, definition: MilTask, folder: WorkspaceFolder): Task {
  const { command, file, args = [] } = definition;
  const { program, mil, env } = runtimeOf(context);
  const execution = new ProcessExecution(program, [mil, command, file, ...args], { cwd: folder.uri.fsPath, env: texts(env) });
  const task = new Task(definition, folder, `${command} ${basename(file)}`, type, execution, '$mil');
  task.detail = command === 'check' ? l10n.t('Check the experiment, its cohort table and its slides') : l10n.t('Train in a terminal; it ends with it');
  if (command === 'check') task.group = TaskGroup.Test;
  return task;
}

/** tasks.json is written by people: nothing of it is taken for granted. */
function isMilTask(definition: TaskDefinition): definition is MilTask {
  const { command, file, args } = definition as Partial<Record<keyof MilTask, unknown>>;
  return taskCommands.includes(command as TaskCommand) && typeof file === 'string' && (args === undefined || (Array.isArray(args) && args.every((word) => typeof word === 'string')));
}

function texts(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
