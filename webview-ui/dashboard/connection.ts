import type { DashboardHost, DashboardView } from '../../src/shared/rpc/views/dashboard.js';
import { connectHost } from '../shared/host.js';
import { runs, tab } from './state.js';

/** The extension. */
export const host = connectHost<DashboardHost, DashboardView>({
  show(next, shownTab) {
    runs.value = next;
    tab.value = shownTab;
  },
});
