import { computed, signal } from '@preact/signals';
import type { BankOverview, BankPatches, SelectionOptions, TriedSelection } from '../../src/shared/rpc/banks.js';
import type { NegativesState, StandingJudgements } from '../../src/shared/rpc/views/negatives.js';
import { orderOf, usualFilter, type Filter, type Sort } from './order.js';
import { withTried, withVerdicts } from './patches.js';

/** Thumbnail edges a person can choose, px. */
export const cellSizes = [64, 96, 160] as const;

/** How the person likes to look; kept with the state. */
export interface Look {
  readonly filter: Filter;
  readonly sort: Sort;
  readonly cellSize: (typeof cellSizes)[number];
}

export type KeptState = NegativesState & { readonly look?: Look };

export const usualLook: Look = { filter: usualFilter, sort: 'score', cellSize: 96 };

/** Run and round that are shown. */
export const subject = signal<NegativesState>({});
export const look = signal<Look>(usualLook);
export const overview = signal<BankOverview | undefined>(undefined);
export const bank = signal<BankPatches | undefined>(undefined);
export const judgements = signal<StandingJudgements>({ standing: [], problems: [] });

/** Options that are being tried, and what they would select. */
export const trial = signal<SelectionOptions | undefined>(undefined);
export const tried = signal<TriedSelection | undefined>(undefined);

/** What went wrong last, for the person to read. */
export const problem = signal<string | undefined>(undefined);
/** What a screen reader says next. */
export const announcement = signal('');
export const largeOpen = signal(false);
export const explainOpen = signal(false);

const unjudged = computed(() => bank.value && withTried(bank.value, tried.value));
/** All patches of the round. */
export const patches = computed(() => unjudged.value && withVerdicts(unjudged.value, judgements.value));
/** Places of those shown, in their order. */
export const order = computed(() => (patches.value ? orderOf(patches.value, look.value.filter, look.value.sort) : new Int32Array(0)));

/** Row of the selected patch, which stays selected when round, order or filter change. */
export const selectedRow = signal<number | undefined>(undefined);
let lastSelected = 0;
/** Where it stands among those shown; when it goes from sight, as a judged one does among the unjudged, the one in its place. */
export const selected = computed(() => {
  const rows = patches.value?.row;
  const found = selectedRow.value === undefined ? 0 : order.value.findIndex((place) => rows?.[place] === selectedRow.value);
  return (lastSelected = found >= 0 ? found : Math.max(0, Math.min(lastSelected, order.value.length - 1)));
});
/** Counts how often the selected cell was called to the focus. */
export const focusCalls = signal(0);
