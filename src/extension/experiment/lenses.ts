import { CodeLens, EventEmitter, l10n, Range, type CodeLensProvider, type Uri } from 'vscode';
import { glance } from '../runs/words.js';
import type { Session } from '../session.js';
import { keyOf } from './files.js';

/** The line above an experiment: Run · Check · Estimate · Last run. */
export function experimentLenses({ runs, context }: Session): CodeLensProvider {
  const changed = new EventEmitter<void>();
  context.subscriptions.push(changed, runs.onDidChange(() => changed.fire()));
  return {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses({ uri }) {
      const top = new Range(0, 0, 0, 0);
      const lens = (title: string, command: string, tooltip: string, ...args: (Uri | string)[]): CodeLens => new CodeLens(top, { title, command, tooltip, arguments: args });
      const last = runs.list().find(({ status }) => keyOf(status.experimentFile) === keyOf(uri.fsPath));
      return [
        lens(`$(play) ${l10n.t('Run')}`, 'mil.startRun', l10n.t('Train this experiment in a process of its own'), uri),
        lens(`$(checklist) ${l10n.t('Check')}`, 'mil.checkExperiment', l10n.t('Look for mistakes in this file, the cohort table, the slides and the encoder'), uri),
        lens(`$(dashboard) ${l10n.t('Estimate')}`, 'mil.estimate', l10n.t('Estimate patches, time, memory and disk of a run'), uri),
        ...(last ? [lens(`$(graph-line) ${l10n.t('Last run: {0}', glance(last))}`, 'mil.openDashboard', l10n.t('Open its dashboard'), last.run)] : []),
      ];
    },
  };
}
