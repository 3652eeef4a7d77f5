import { commands, workspace } from 'vscode';
import type { Session } from '../session.js';
import { canResume, isAlive } from './words.js';

const experimentGlob = '**/*.mil.{json,yaml,yml}';

/** Experiment files of the workspace; run folders hold none. @param limit at most so many. */
export async function findExperiments(limit?: number): Promise<string[]> {
  const found = await workspace.findFiles(experimentGlob, '**/node_modules/**', limit);
  return found.map(({ fsPath }) => fsPath).sort();
}

/** Keeps the context keys of the manifest (`mil.hasRuns` and its kin) true: welcome views, enablement and the walkthrough stand on them. */
export function keepContextKeys({ context, runs, studies }: Session): void {
  const set = (key: string, value: boolean): void => void commands.executeCommand('setContext', `mil.${key}`, value);
  const ofRuns = (): void => {
    const list = runs.list();
    set('hasRuns', list.length > 0);
    set('hasActiveRuns', list.some(isAlive));
    const resumable = list.some(canResume);
    set('hasResumableRuns', resumable);
    // A study may wait although each of its runs that has begun is done.
    if (!resumable) void studies.anyWaits().then((waits) => waits && set('hasResumableRuns', true));
    set('hasFinishedRuns', list.some(({ state }) => state === 'done'));
  };
  const ofExperiments = async (): Promise<void> => set('hasExperiments', (await findExperiments(1)).length > 0);
  const watcher = workspace.createFileSystemWatcher(experimentGlob, false, true, false);
  context.subscriptions.push(watcher, runs.onDidChange(ofRuns), watcher.onDidCreate(ofExperiments), watcher.onDidDelete(ofExperiments), workspace.onDidChangeWorkspaceFolders(ofExperiments));
  ofRuns();
  void ofExperiments();
}
