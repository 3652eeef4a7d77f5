import { l10n } from 'vscode';
import { askHost } from '../../shared/run/control.js';
import { chooseRuns } from './choose-runs.js';
import type { CommandHandler } from './index.js';

/** MIL: Pause. The host waits after the step under way, and keeps its memory. */
export const pauseRun: CommandHandler = async (session, target) => {
  for (const run of await chooseRuns(session, target, { title: l10n.t('Pause which run?'), allow: ({ state }) => state === 'running', none: l10n.t('No run is going on.') })) askHost(run, 'pause');
};

/** MIL: Continue. */
export const continueRun: CommandHandler = async (session, target) => {
  for (const run of await chooseRuns(session, target, { title: l10n.t('Continue which run?'), allow: ({ state }) => state === 'paused', none: l10n.t('No run is paused.') })) askHost(run, 'run');
};
