import type { RankedSplit } from '../../src/shared/rpc/rankings.js';
import { t } from '../shared/l10n.js';
import { host, turnTo } from './load.js';
import { overview, wanted } from './state.js';
import { splitName } from './words.js';

/** What is looked at: the run, the round, the split. */
export function Toolbar() {
  const shown = overview.value;
  const { split } = wanted.value;
  const round = shown?.round ?? wanted.value.round;
  return (
    <header class="toolbar">
      <div class="subject">
        <h1>{shown ? t('Patch ranking: {0}', shown.name) : t('Patch ranking')}</h1>
        <span class="description">{wanted.value.run.split(/[\\/]/).at(-1)}</span>
      </div>
      <div class="choice">
        <label for="round">{t('Round')}</label>
        <select id="round" disabled={!shown || split === 'test'} value={round} onChange={({ currentTarget }) => void turnTo({ ...wanted.peek(), round: Number(currentTarget.value) })}>
          {shown?.rounds.map((one) => (
            <option key={one} value={one} selected={one === round}>
              {one === shown.selectedRound ? t('{0} (selected)', one) : one}
            </option>
          ))}
        </select>
      </div>
      <div class="choice">
        <label for="split">{t('Slides')}</label>
        <select id="split" disabled={!shown} value={split} onChange={({ currentTarget }) => void turnTo({ ...wanted.peek(), split: currentTarget.value as RankedSplit })}>
          {shown?.splits.map((one) => (
            <option key={one} value={one} selected={one === split}>
              {one === 'train' ? t('Train (what the loss sees)') : splitName(one)}
            </option>
          ))}
        </select>
      </div>
      <button type="button" class="secondary" onClick={() => void host.chooseRun()}>
        {t('Another run…')}
      </button>
    </header>
  );
}
