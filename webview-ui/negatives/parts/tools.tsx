import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../../shared/l10n.js';
import { order, patches, trial } from '../state.js';
import { count } from '../words.js';
import { filterIsSet, Filters } from './filters.js';
import { Trial } from './trial.js';

/** How many patches are shown, and the two drawers: what is shown and how, and what other options would mine. */
export function Tools() {
  const open = useSignal<'filters' | 'trial' | undefined>(undefined);
  const toggle = (name: 'filters' | 'trial', words: string, active: boolean, hint: string): ComponentChildren => (
    <button type="button" class="toggle" aria-expanded={open.value === name} aria-controls={name} onClick={() => (open.value = open.value === name ? undefined : name)}>
      {words}
      {active && <span class="dot" title={hint} />}
    </button>
  );
  const shown = order.value.length;
  const all = patches.value!.row.length;
  return (
    <>
      <div class="bar">
        <span class="soft" title={t('Patches shown, of those this round mined or dropped')}>
          {shown === all ? t('{0} patches', count(all)) : t('{0} of {1}', count(shown), count(all))}
        </span>
        {toggle('filters', t('Filter'), filterIsSet(), t('A filter is set'))}
        {toggle('trial', t('What if'), trial.value !== undefined, t('Other options are being tried'))}
      </div>
      {open.value === 'filters' && <Filters />}
      {open.value === 'trial' && <Trial />}
    </>
  );
}
