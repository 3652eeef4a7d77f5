import type { ComponentChildren } from 'preact';
import './tabs.css';

/** Tabs by the ARIA pattern: arrows, Home and End move between them, and the panel follows at once. */
export function Tabs<Id extends string>({ label, tabs, chosen, choose, children }: { readonly label: string; readonly tabs: readonly { readonly id: Id; readonly name: string }[]; readonly chosen: Id; choose(id: Id): void; readonly children: ComponentChildren }) {
  const move = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = { ArrowRight: (at + 1) % tabs.length, ArrowLeft: (at + tabs.length - 1) % tabs.length, Home: 0, End: tabs.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(tabs[next]!.id);
    document.getElementById(`tab-${tabs[next]!.id}`)?.focus();
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
        {tabs.map(({ id, name }) => (
          <button key={id} type="button" role="tab" id={`tab-${id}`} aria-selected={id === chosen} aria-controls="panel" tabIndex={id === chosen ? 0 : -1} onClick={() => choose(id)}>
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby={`tab-${chosen}`}>
        {children}
      </div>
    </>
  );
}
