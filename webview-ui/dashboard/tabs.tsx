import type { DashboardTab } from '../../src/shared/rpc/views/dashboard.js';
import { t } from '../shared/l10n.js';
import { tab } from './state.js';

const tabs: readonly { readonly id: DashboardTab; readonly label: string }[] = [
  { id: 'curves', label: t('Curves') },
  { id: 'comparison', label: t('Comparison') },
];

/** Tabs as people know them: arrows move between them, and only the chosen one takes part in the Tab order. */
export function Tabs() {
  const choose = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === tab.value);
    const next = { ArrowRight: (at + 1) % tabs.length, ArrowLeft: (at + tabs.length - 1) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    tab.value = tabs[next]!.id;
    document.querySelector<HTMLElement>(`#tab-${tab.value}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('What is shown')} onKeyDown={choose}>
      {tabs.map(({ id, label }) => (
        <button key={id} type="button" role="tab" id={`tab-${id}`} aria-selected={tab.value === id} aria-controls="panel" tabIndex={tab.value === id ? 0 : -1} onClick={() => (tab.value = id)}>
          {label}
        </button>
      ))}
    </div>
  );
}
