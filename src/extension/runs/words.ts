import { l10n } from 'vscode';
import type { RunSummary } from '../../shared/run/list.js';
import { formatBriefly } from '../../shared/run/too-few.js';
import { stageNames } from '../../shared/run/stages.js';
import { formatDuration } from '../../shared/units.js';

/** A run's state in one word; colours and icons only repeat it. */
export function stateWord(state: RunSummary['state']): string {
  switch (state) {
    case 'running':
      return l10n.t('Running');
    case 'paused':
      return l10n.t('Paused');
    case 'done':
      return l10n.t('Done');
    case 'failed':
      return l10n.t('Failed');
    case 'interrupted':
      return l10n.t('Stopped');
    case 'lost':
      return l10n.t('Lost');
  }
}

/** Whether a host is at work on it, or waits to be. */
export function isAlive({ state }: RunSummary): boolean {
  return state === 'running' || state === 'paused';
}

/** Whether it ended before it was done. */
export function canResume({ state }: RunSummary): boolean {
  return state === 'failed' || state === 'interrupted' || state === 'lost';
}

/** Where a run is: `Train aggregator 40 % · round 2 of 3 · 3 min left`. */
export function whereabouts({ status: { stage, round, rounds, progress, remaining } }: RunSummary): string {
  return [
    stage === undefined ? l10n.t('Starting') : progress > 0 && progress < 1 ? `${l10n.t(stageNames[stage])} ${Math.floor(progress * 100)} %` : l10n.t(stageNames[stage]),
    ...(round > 0 ? [l10n.t('round {0} of {1}', round, rounds)] : []),
    ...(remaining === undefined ? [] : [l10n.t('{0} left', timeLeft(remaining))]),
  ].join(' · ');
}

/** What there is to know of a run at a glance, the weightiest first: lists are narrow. */
export function glance(summary: RunSummary): string {
  const { state, status, result } = summary;
  const where = status.round > 0 ? l10n.t('round {0} of {1}', status.round, status.rounds) : undefined;
  if (state === 'running') return whereabouts(summary);
  if (state === 'done' && result) return l10n.t('{0} · AUROC {1}', stateWord(state), formatBriefly(result.test));
  return [stateWord(state), ...(status.error ? [status.error.code] : []), ...(where ? [where] : [])].join(' · ');
}

/** When a run started: the time today, else the day. */
export function startedBriefly({ status: { started } }: RunSummary, now = Date.now()): string {
  const [day, today] = [new Date(started), new Date(now)];
  return day.toDateString() === today.toDateString() ? day.toLocaleTimeString(undefined, { timeStyle: 'short' }) : day.toLocaleDateString(undefined, { day: 'numeric', month: 'short', ...(day.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' }) });
}

/** Coarser than a measured time, for it is a guess. */
function timeLeft(ms: number): string {
  const minutes = ms / 60_000;
  if (minutes < 1) return l10n.t('under a minute');
  return minutes < 60 ? l10n.t('{0} min', Math.round(minutes)) : formatDuration(ms);
}
