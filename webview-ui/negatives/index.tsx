import { render } from 'preact';
import { viewElement } from '../shared/host.js';
import { t } from '../shared/l10n.js';
import { begin, host, shownRound } from './actions.js';
import { Large } from './parts/large.js';
import { PatchGrid } from './parts/patch-grid.js';
import { Rounds } from './parts/rounds.js';
import { Selection } from './parts/selection.js';
import { Tools } from './parts/tools.js';
import { announcement, bank, judgements, largeOpen, order, overview, problem, subject } from './state.js';
import '../shared/base.css';
import './negatives.css';

function Negatives() {
  return (
    <>
      <h1 class="visually-hidden">{t('Mined Negatives')}</h1>
      <p class="visually-hidden" role="status" aria-live="polite">
        {announcement}
      </p>
      {subject.value.run === undefined ? <Empty /> : <Bank />}
    </>
  );
}

function Empty() {
  return (
    <div class="empty">
      <p>{t('Choose a run to see which patches it mined.')}</p>
      <button type="button" onClick={() => void host.chooseRun()}>
        {t('Choose Run')}
      </button>
    </div>
  );
}

function Bank() {
  return (
    <>
      <Problems />
      {overview.value && (
        <header class="head">
          <Rounds />
          {bank.value && <Tools />}
        </header>
      )}
      {overview.value && shownRound() === undefined && <p class="empty">{t('No round is complete yet. Its patches appear here when it is.')}</p>}
      {bank.value && <Shown />}
      {largeOpen.value && <Large />}
    </>
  );
}

function Shown() {
  return (
    <>
      {order.value.length === 0 ? <p class="empty">{t('No patch passes the filter.')}</p> : <PatchGrid />}
      <Selection />
    </>
  );
}

function Problems() {
  const [first] = judgements.value.problems;
  return (
    <>
      {problem.value && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      {first && (
        <p class="problem" role="alert">
          {t('Line {0} of the judgements is passed over: {1}', first.line, first.message)}{' '}
          <button type="button" class="link" onClick={() => void host.openJudgements(subject.value.run!, first.line)}>
            {t('Open')}
          </button>
        </p>
      )}
    </>
  );
}

render(<Negatives />, viewElement);
begin();
