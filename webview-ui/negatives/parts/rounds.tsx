import type { BankRound } from '../../../src/shared/rpc/banks.js';
import { t } from '../../shared/l10n.js';
import { host, showRound, shownRound } from '../actions.js';
import { overview, subject } from '../state.js';
import { count } from '../words.js';

const height = 28;

/** The run, its rounds as bars of what stayed, came and left, and a slider below them that chooses one. */
export function Rounds() {
  const { name, rounds } = overview.value!;
  const shown = rounds.findIndex(({ round }) => round === shownRound());
  const current = rounds[shown];
  return (
    <>
      <div class="title">
        <button type="button" class="run" title={t('{0}: choose another run', subject.value.run ?? '')} onClick={() => void host.chooseRun()}>
          {name}
        </button>
        {current && <span>{t('Round {0} of {1}', current.round, rounds.at(-1)!.round)}</span>}
      </div>
      {current && rounds.length > 1 && (
        <>
          <Bars rounds={rounds} shown={shown} />
          <input type="range" min={0} max={rounds.length - 1} step={1} value={shown} aria-label={t('Round')} aria-valuetext={t('Round {0}: {1}', current.round, turnover(current))} onInput={({ currentTarget }) => void showRound(rounds[currentTarget.valueAsNumber]!.round)} />
        </>
      )}
      {current && (
        <p class="turnover" title={t('{0} hard negatives and {1} positives, against the round before', count(current.hardNegatives), count(current.positives))}>
          <span class="key key-new">{t('{0} new', count(current.added))}</span>
          <span class="key key-kept">{t('{0} kept', count(current.kept))}</span>
          <span class="key key-dropped">{t('{0} dropped', count(current.dropped))}</span>
        </p>
      )}
    </>
  );
}

/** Kept below, new above it, dropped hanging below the line; drawn to one scale. */
function Bars({ rounds, shown }: { readonly rounds: readonly BankRound[]; readonly shown: number }) {
  const most = Math.max(1, ...rounds.map(({ added, kept }) => added + kept));
  const deepest = Math.max(0, ...rounds.map(({ dropped }) => dropped));
  const scale = height / (most + deepest);
  const line = most * scale;
  return (
    <svg class="bars" viewBox={`0 0 ${rounds.length} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {rounds.map(({ round, added, kept, dropped }, i) => (
        <g key={round} class={i === shown ? 'bar-shown' : ''}>
          <rect class="bar-room" x={i + 0.05} y={0} width={0.9} height={height} />
          <rect class="bar-kept" x={i + 0.2} width={0.6} y={line - kept * scale} height={kept * scale} />
          <rect class="bar-new" x={i + 0.2} width={0.6} y={line - (kept + added) * scale} height={added * scale} />
          <rect class="bar-dropped" x={i + 0.2} width={0.6} y={line} height={dropped * scale} />
        </g>
      ))}
    </svg>
  );
}

function turnover({ added, kept, dropped }: BankRound): string {
  return t('{0} new, {1} kept, {2} dropped', added, kept, dropped);
}
