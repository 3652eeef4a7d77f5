import { l10n } from 'vscode';
import { showGallery } from '../panels/gallery.js';
import { newestRun } from '../slide-views/pick.js';
import type { CommandHandler } from './index.js';

/** MIL: Show Slide Gallery. Of the run given, or the newest. */
export const openGallery: CommandHandler = async (session, target) => {
  const run = typeof target === 'string' ? target : await newestRun(session);
  if (!run) throw new Error(l10n.t('There is no run yet. Start one from an experiment file.'));
  showGallery(session, run);
};
