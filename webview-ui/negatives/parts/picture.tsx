import type { ReadonlySignal } from '@preact/signals';
import { t } from '../../shared/l10n.js';
import type { Picture } from '../pictures.js';

/** A component of its own, so that a picture that arrives draws nothing else anew. */
export function PictureOf({ picture }: { readonly picture: ReadonlySignal<Picture> }) {
  const { value } = picture;
  if (typeof value === 'object') return <img src={value.url} alt="" decoding="async" draggable={false} />;
  return <div class={`no-picture no-picture-${value}`}>{value === 'missing' ? t('no picture') : ''}</div>;
}
