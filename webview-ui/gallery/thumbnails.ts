import { signal, type Signal } from '@preact/signals';
import { messageOf } from '../../src/shared/errors.js';
import { host } from './load.js';

/** Thumbnails asked for at a time. */
const concurrent = 3;

/** A thumbnail as it stands: not there yet, an address, or why there is none. */
export type Thumbnail = { readonly address: string } | { readonly problem: string } | undefined;

const known = new Map<string, Signal<Thumbnail>>();
let waiting: string[] = [];
let loading = 0;

/** The thumbnail of a slide file, which comes when `want` has asked for it. */
export function thumbnailOf(path: string): Signal<Thumbnail> {
  const found = known.get(path);
  if (found) return found;
  const made = signal<Thumbnail>(undefined);
  known.set(path, made);
  return made;
}

/** Asks for the thumbnails of the slides in sight; those of slides scrolled past are no longer waited for. */
export function want(paths: readonly string[]): void {
  waiting = paths.filter((path) => path !== '' && thumbnailOf(path).peek() === undefined);
  proceed();
}

function proceed(): void {
  while (loading < concurrent) {
    const path = waiting.shift();
    if (path === undefined) return;
    loading++;
    void load(path).finally(() => {
      loading--;
      proceed();
    });
  }
}

async function load(path: string): Promise<void> {
  const thumbnail = thumbnailOf(path);
  try {
    const bytes = await host.thumbnail(path);
    thumbnail.value = { address: URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' })) };
  } catch (error) {
    thumbnail.value = { problem: messageOf(error) };
  }
}
