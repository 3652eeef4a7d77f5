import type { RunAction } from '../../src/shared/rpc/views/dashboard.js';
import { stageNames } from '../../src/shared/run/stages.js';
import type { RunSummary } from '../../src/shared/run/list.js';
import { formatDuration } from '../../src/shared/units.js';
import { colorOf } from '../shared/chart/series.js';
import { t } from '../shared/l10n.js';
import { themeColors } from '../shared/theme/colors.js';
import { letterOf } from './charts/naming.js';
import { host } from './connection.js';
import type { FollowedRun } from './followed-run.js';
import { runs as shownRuns } from './state.js';
import { actionsOf, linksOf, stateWords, type Action } from './run-states.js';

/** The runs shown: how each stands, and what can be done with it. */
export function RunList({ runs }: { readonly runs: readonly FollowedRun[] }) {
  const pick = async (): Promise<void> => {
    const picked = await host.pickRuns(shownRuns.peek());
    if (picked) shownRuns.value = picked;
  };
  return (
    <section aria-label={t('Runs')} class="runs">
      <ul>
        {runs.map((run, index) => (
          <RunItem key={run.run} run={run} summary={run.summary} isKnown={run.isKnown} index={index} isOneOfMany={runs.length > 1} />
        ))}
      </ul>
      <button type="button" onClick={() => void pick()}>
        <span class="codicon codicon-add" aria-hidden="true" /> {t('Choose Runs…')}
      </button>
    </section>
  );
}

// A component is drawn anew only when one of its properties is another: a run stays the same object, what is known of it does not.
function RunItem({ run, summary, isKnown, index, isOneOfMany }: { readonly run: FollowedRun; readonly summary: RunSummary | undefined; readonly isKnown: boolean; readonly index: number; readonly isOneOfMany: boolean }) {
  const letter = isOneOfMany ? letterOf(index) : undefined;
  return (
    <li class="run">
      {letter !== undefined && (
        <span class="run-letter" style={{ borderColor: colorOf({ color: index, dash: 0 }, themeColors.value) }}>
          {letter}
        </span>
      )}
      <div class="run-words">
        <h2 title={run.run}>{run.name}</h2>
        <p>
          {summary ? <RunState run={run} summary={summary} /> : isKnown ? t('This folder holds no run.') : t('Reading…')}
        </p>
      </div>
      <div class="run-actions" role="toolbar" aria-label={t('{0}: actions', run.name)}>
        {summary && actionsOf(summary.state).map((action) => <ActionButton key={action.action} {...action} run={run.run} isMain />)}
        {summary && linksOf(summary).map((action) => <ActionButton key={action.action} {...action} run={run.run} />)}
        {isOneOfMany && (
          <button type="button" class="icon-button" aria-label={t('Take {0} out', run.name)} title={t('Take out of the dashboard')} onClick={() => (shownRuns.value = shownRuns.peek().filter((other) => other !== run.run))}>
            <span class="codicon codicon-close" aria-hidden="true" />
          </button>
        )}
      </div>
      {summary?.state === 'running' && <progress max={1} value={summary.status.progress} aria-label={t('Progress of the stage')} />}
    </li>
  );
}

function RunState({ run, summary: { state, status } }: { readonly run: FollowedRun; readonly summary: RunSummary }) {
  const { icon, label } = stateWords[state];
  const parts: string[] = [];
  if (state !== 'done' && status.stage) {
    if (status.round > 0) parts.push(t('round {0} of {1}', status.round, status.rounds));
    parts.push(t(stageNames[status.stage]) + (state === 'running' ? ` ${Math.round(status.progress * 100)} %` : ''));
  }
  if (state === 'running' && status.remaining !== undefined) parts.push(t('{0} left', formatDuration(status.remaining)));
  if (state === 'done') {
    const rounds = run.table('rounds').rows;
    parts.push(t(rounds === 1 ? '{0} round in {1}' : '{0} rounds in {1}', rounds, formatDuration(status.heartbeat - status.started)));
  }
  return (
    <>
      <span class={`run-state run-${state}`}>
        <span class={`codicon codicon-${icon}`} aria-hidden="true" /> {label}
      </span>
      {parts.length > 0 && ` · ${parts.join(' · ')}`}
      <span class="run-folder"> · {run.folderName}</span>
    </>
  );
}

function ActionButton({ action, icon, label, run, isMain }: Action & { readonly run: string; readonly isMain?: boolean }) {
  const act = (what: RunAction): void => void host.act(what, run);
  return isMain ? (
    <button type="button" class="primary" onClick={() => act(action)}>
      <span class={`codicon codicon-${icon}`} aria-hidden="true" /> {label}
    </button>
  ) : (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={() => act(action)}>
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}
