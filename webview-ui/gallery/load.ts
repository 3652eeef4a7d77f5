import { effect } from '@preact/signals';
import { messageOf } from '../../src/shared/errors.js';
import type { GalleryHost, GalleryView } from '../../src/shared/rpc/views/gallery.js';
import { connectHost } from '../shared/host.js';
import { change, cohort, failure, state } from './model.js';

/** The extension, as this view sees it. */
export const host = connectHost<GalleryHost, GalleryView>({ show: change, refresh: () => void load(state.value.run) });

/** Fetches the cohort whenever the gallery turns to another run. */
export function startLoading(): void {
  let known: string | undefined;
  effect(() => {
    const { run } = state.value;
    if (run !== known) void load(run);
    known = run;
  });
}

async function load(run: string): Promise<void> {
  try {
    const found = await host.cohortOf(run);
    if (state.peek().run !== run) return;
    cohort.value = found;
    failure.value = undefined;
  } catch (error) {
    if (state.peek().run === run) failure.value = messageOf(error);
  }
}
