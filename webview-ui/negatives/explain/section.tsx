import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Explanation, NeighboursAnswer } from '../../../src/shared/rpc/explain.js';
import { t } from '../../shared/l10n.js';
import { host, shownRound } from '../actions.js';
import { Pictures } from '../pictures.js';
import { explainOpen, subject } from '../state.js';
import { count } from '../words.js';
import { Follower } from './follow.js';
import { ScoreChart } from './score-chart.js';
import { Strip, useNeighbourPictures } from './strip.js';
import { influenceSentences, standingSentences } from './words.js';

/** Edge of a neighbour's picture, px. */
const edge = 56;

/** Why the selected patch was mined; asked for while it is open. */
export function Explain({ row }: { readonly row: number }) {
  const isOpen = explainOpen.value;
  return (
    <div class="explain">
      <button type="button" class="toggle" aria-expanded={isOpen} aria-controls="explanation" onClick={() => (explainOpen.value = !isOpen)}>
        {t('Explain')}
      </button>
      {isOpen && <Opened row={row} />}
    </div>
  );
}

function Opened({ row }: { readonly row: number }) {
  const { run } = subject.value;
  const round = shownRound()!;
  const follower = useMemo(() => new Follower(host), []);
  useEffect(() => follower.show({ run: run!, round, row }), [run, round, row]);
  useEffect(() => () => follower.leave(), []);
  const explanation = follower.explanation.value;
  const answer = follower.neighbours.value;
  const region = useRef<HTMLDivElement>(null);
  // In a low view it opens below what is seen.
  useEffect(() => region.current?.scrollIntoView({ block: 'nearest' }), [explanation !== undefined]);
  return (
    <div ref={region} class="explanation" id="explanation" role="region" aria-label={t('Explanation of the selected patch')} aria-busy={explanation === undefined} tabIndex={0}>
      {follower.problem.value !== undefined && <p role="alert">{follower.problem.value}</p>}
      {explanation && <Told explanation={explanation} />}
      {explanation && follower.problem.value === undefined && <Alike answer={answer} run={run!} round={round} />}
      {!explanation && follower.problem.value === undefined && <p class="soft">{t('Looking…')}</p>}
    </div>
  );
}

function Told({ explanation }: { readonly explanation: Explanation }) {
  return (
    <>
      <h2>{t('Over the rounds')}</h2>
      <ScoreChart history={explanation.history} shown={explanation.round} />
      <h2>{t('In the ranking loss')}</h2>
      <p>{influenceSentences(explanation).join(' ')}</p>
      <p class="soft">{standingSentences(explanation).join(' ')}</p>
    </>
  );
}

/** The neighbours, or how far the features have come that they are looked up in. */
function Alike({ answer, run, round }: { readonly answer: NeighboursAnswer | undefined; readonly run: string; readonly round: number }) {
  const pictures = useMemo(() => new Pictures((rows) => host.patchPictures(run, round, rows, Math.round(edge * Math.min(2, Math.max(1, window.devicePixelRatio)))), () => undefined), [run, round]);
  useEffect(() => () => pictures.close(), [pictures]);
  const found = answer && 'found' in answer ? answer.found : undefined;
  useNeighbourPictures(pictures, found ? [...found.positives, ...found.negatives].map(({ row }) => row) : []);
  if (found) {
    return (
      <>
        <Strip title={t('Nearest mined positives')} patches={found.positives} pictures={pictures} />
        <Strip title={t('Nearest patches of negative slides')} patches={found.negatives} pictures={pictures} />
      </>
    );
  }
  const progress = answer && 'total' in answer && answer.total > 0 ? answer : undefined;
  return (
    <p class="soft" role="status">
      {progress ? t('Computing the features of this round again: {0} of {1} patches. Close this to stop.', count(progress.done), count(progress.total)) : t('Looking for patches alike…')}
    </p>
  );
}
