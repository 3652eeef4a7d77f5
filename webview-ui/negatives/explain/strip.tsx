import { useEffect } from 'preact/hooks';
import type { Neighbour } from '../../../src/shared/rpc/explain.js';
import { t } from '../../shared/l10n.js';
import { openOnSlide } from '../actions.js';
import { PictureOf } from '../parts/picture.js';
import type { Pictures } from '../pictures.js';
import { neighbourWords } from './words.js';

/** Neighbours side by side, nearest first; each opens its slide where it lies. */
export function Strip({ title, patches, pictures }: { readonly title: string; readonly patches: readonly Neighbour[]; readonly pictures: Pictures }) {
  const id = `strip-${patches[0]?.row ?? 'empty'}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {patches.length === 0 ? (
        <p class="soft">{t('None in other train slides.')}</p>
      ) : (
        <ul class="strip">
          {patches.map((patch) => (
            <li key={patch.row}>
              <button type="button" class="neighbour" disabled={patch.x === null} aria-label={neighbourWords(patch)} title={neighbourWords(patch)} onClick={() => open(patch)}>
                <PictureOf picture={pictures.of(patch.row)} />
                <span aria-hidden="true">{patch.distance.toFixed(3)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Asks for the pictures of all neighbours at once. */
export function useNeighbourPictures(pictures: Pictures, rows: readonly number[]): void {
  useEffect(() => pictures.want(rows), [pictures, rows.join()]);
}

function open({ slide, x, y, size }: Neighbour): void {
  if (x !== null && y !== null && size !== null) openOnSlide({ slide, x, y, size });
}
