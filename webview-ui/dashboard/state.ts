import { effect, signal } from '@preact/signals';
import type { DashboardState, DashboardTab, LossAxis } from '../../src/shared/rpc/views/dashboard.js';
import type { Range } from '../shared/chart/curve.js';
import { keepState, keptState } from '../shared/host.js';

const kept = keptState<DashboardState>();

/** What a person chose, one signal each; all of it comes back after a reload. */
export const runs = signal<readonly string[]>(kept.runs);
export const tab = signal<DashboardTab>(kept.tab ?? 'curves');
export const smoothing = signal(kept.smoothing ?? 0);
export const logScale = signal(kept.logScale ?? false);
export const axis = signal<LossAxis>(kept.axis ?? 'epoch');
export const hidden = signal<ReadonlySet<string>>(new Set(kept.hidden));
export const tables = signal<ReadonlySet<string>>(new Set(kept.tables));
export const opened = signal<ReadonlySet<string>>(new Set(kept.opened));
export const zoom = signal<Readonly<Record<string, Range>>>(kept.zoom ?? {});

/** A chart that is being moved changes the state at every frame; it is kept once it rests so long, ms. */
const keptAfter = 200;
let timer: ReturnType<typeof setTimeout> | undefined;

effect(() => {
  const state: DashboardState = {
    runs: runs.value,
    tab: tab.value,
    smoothing: smoothing.value,
    logScale: logScale.value,
    axis: axis.value,
    hidden: [...hidden.value],
    tables: [...tables.value],
    opened: [...opened.value],
    zoom: zoom.value,
  };
  clearTimeout(timer);
  timer = setTimeout(() => keepState(state), keptAfter);
});
