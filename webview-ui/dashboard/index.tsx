import { signal } from '@preact/signals';
import { render } from 'preact';
import type { RunEvent } from '../../src/shared/run/events.js';
import type { DashboardHost, DashboardState, DashboardView } from '../../src/shared/rpc/views/dashboard.js';
import { connectHost, keepState, keptState, viewElement } from '../shared/host.js';
import { t } from '../shared/l10n.js';
import '../shared/base.css';

const state = signal(keptState<DashboardState>());
const events = signal<readonly RunEvent[]>([]);

const host = connectHost<DashboardHost, DashboardView>({
  show(next) {
    state.value = next;
    events.value = [];
    keepState(next);
  },
});
keepState(state.value);

async function follow(): Promise<void> {
  const [run] = state.value.runs;
  if (run !== undefined && document.visibilityState === 'visible') {
    const more = await host.readEvents(run, events.value.at(-1)?.seq ?? 0, 1000);
    if (more.length > 0) events.value = [...events.value, ...more];
  }
  setTimeout(() => void follow(), 500);
}

function Dashboard() {
  return (
    <>
      <h1>{t('Dashboard')}</h1>
      <p>{t('{0} events', events.value.length)}</p>
    </>
  );
}

render(<Dashboard />, viewElement);
void follow();
