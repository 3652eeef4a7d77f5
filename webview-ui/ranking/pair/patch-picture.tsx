import { useEffect, useState } from 'preact/hooks';
import type { TopPatches } from '../../../src/shared/rpc/rankings.js';
import { t } from '../../shared/l10n.js';
import { host } from '../load.js';

/** Edge of a picture, px: sharp on a screen of double density. */
const edge = 144;
/** Pictures kept, so that going back to a pair shows it at once. */
const most = 400;
const kept = new Map<string, Promise<string>>();

/** The pixels of a patch; a plain field where the slide has none to show. */
export function PatchPicture({ patches, place }: { readonly patches: TopPatches; readonly place: number }) {
  const [source, show] = useState<string | undefined>(undefined);
  const [missing, setMissing] = useState(false);
  const { path, x, y, size } = patches;
  useEffect(() => {
    let current = true;
    show(undefined);
    setMissing(false);
    pictureOf(path, x[place]!, y[place]!, size[place]!).then(
      (url) => current && show(url),
      () => current && setMissing(true),
    );
    return () => void (current = false);
  }, [path, x[place], y[place]]);
  if (missing) return <span class="picture missing">{t('no picture')}</span>;
  return source === undefined ? <span class="picture" /> : <img class="picture" src={source} alt="" />;
}

async function pictureOf(path: string, x: number, y: number, size: number): Promise<string> {
  if (path === '' || Number.isNaN(x)) throw new Error('no place');
  const key = `${path}\n${x} ${y}`;
  const known = kept.get(key);
  if (known) return known;
  const url = host.picture(path, { x, y, width: size, height: size }, edge).then((bytes) => URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })));
  kept.set(key, url);
  url.catch(() => kept.delete(key));
  forgetOldest();
  return url;
}

function forgetOldest(): void {
  const [oldest] = kept.keys();
  if (kept.size <= most || oldest === undefined) return;
  void kept.get(oldest)!.then(URL.revokeObjectURL, () => undefined);
  kept.delete(oldest);
}
