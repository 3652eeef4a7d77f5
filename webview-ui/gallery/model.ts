import { computed, signal } from '@preact/signals';
import type { CohortFacts, CohortSlideFacts } from '../../src/shared/rpc/slides.js';
import type { GalleryFilter, GallerySort, GalleryState } from '../../src/shared/rpc/views/gallery.js';
import { keepState, keptState } from '../shared/host.js';

export const state = signal(keptState<GalleryState>());
export const cohort = signal<CohortFacts | undefined>(undefined);
export const failure = signal<string | undefined>(undefined);
/** Position among the slides shown. */
export const current = signal(0);

/** The slides that pass the filter and the search, in the chosen order. */
export const slides = computed<readonly CohortSlideFacts[]>(() => {
  const { sort = 'table', filter = 'all', search = '' } = state.value;
  const all = cohort.value?.slides ?? [];
  const wanted = search.trim().toLowerCase();
  const chosen = all.filter((slide) => passes(slide, filter) && [slide.id, slide.patient, slide.label].some((text) => text.toLowerCase().includes(wanted)));
  return sort === 'table' ? chosen : chosen.toSorted((a, b) => compare(a, b, sort) || a.id.localeCompare(b.id));
});

function passes(slide: CohortSlideFacts, filter: GalleryFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'wrong' ? (slide.call?.wrong ?? false) : slide.split === filter;
}

const splitOrder = ['train', 'validation', 'test', 'held-out', null];

function compare(a: CohortSlideFacts, b: CohortSlideFacts, sort: GallerySort): number {
  switch (sort) {
    case 'label':
      return a.positive - b.positive || a.label.localeCompare(b.label);
    case 'split':
      return splitOrder.indexOf(a.split) - splitOrder.indexOf(b.split);
    case 'probability':
      // Slides without a prediction stand last.
      return (b.probability ?? -1) - (a.probability ?? -1);
    default:
      return 0;
  }
}

/** Changes what is shown and keeps it. */
export function change(part: Partial<GalleryState>): void {
  state.value = { ...state.value, ...part };
  current.value = 0;
  keepState(state.value);
}
