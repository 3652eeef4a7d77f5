import { l10n } from 'vscode';
import type { SlideSplit } from '../../shared/rpc/slides.js';

/** A split for people. */
export function splitName(split: SlideSplit): string {
  switch (split) {
    case 'train':
      return l10n.t('train');
    case 'validation':
      return l10n.t('validation');
    case 'test':
      return l10n.t('test');
    case 'held-out':
      return l10n.t('held out');
    case null:
      return l10n.t('not split yet');
  }
}
