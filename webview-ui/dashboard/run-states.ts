import type { RunAction } from '../../src/shared/rpc/views/dashboard.js';
import type { RunSummary } from '../../src/shared/run/list.js';
import { t } from '../shared/l10n.js';

type State = RunSummary['state'];

/** A button of a run. */
export interface Action {
  readonly action: RunAction;
  readonly icon: string;
  readonly label: string;
}

/** How each state looks and reads. */
export const stateWords: Readonly<Record<State, { readonly icon: string; readonly label: string }>> = {
  running: { icon: 'sync', label: t('Running') },
  paused: { icon: 'debug-pause', label: t('Paused') },
  done: { icon: 'pass', label: t('Done') },
  failed: { icon: 'error', label: t('Failed') },
  interrupted: { icon: 'circle-slash', label: t('Stopped') },
  lost: { icon: 'warning', label: t('Lost: its host fell silent') },
};

const stop: Action = { action: 'stop', icon: 'debug-stop', label: t('Stop') };
const pause: Action = { action: 'pause', icon: 'debug-pause', label: t('Pause') };
const goOn: Action = { action: 'continue', icon: 'debug-continue', label: t('Continue') };
const resume: Action = { action: 'resume', icon: 'debug-restart', label: t('Resume') };

/** What a person may do with a run in this state. */
export function actionsOf(state: State): readonly Action[] {
  const actions: Readonly<Record<State, readonly Action[]>> = { running: [pause, stop], paused: [goOn, stop], done: [], failed: [resume], interrupted: [resume], lost: [resume] };
  return actions[state];
}

/** Where a person may go from a run. */
export function linksOf({ result }: RunSummary): readonly Action[] {
  const report: readonly Action[] = result ? [{ action: 'report', icon: 'file-text', label: t('Open report') }] : [];
  return [
    { action: 'negatives', icon: 'layers', label: t('Browse mined negatives') },
    { action: 'ranking', icon: 'list-ordered', label: t('Show patch ranking') },
    { action: 'gallery', icon: 'preview', label: t('Show slide gallery') },
    ...report,
    { action: 'experiment', icon: 'beaker', label: t('Open experiment') },
    { action: 'log', icon: 'output', label: t('Show log') },
  ];
}
