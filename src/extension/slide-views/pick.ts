import { l10n, window, type QuickPickItem } from 'vscode';
import { RemoteError } from '../../shared/rpc/channel.js';
import type { Session } from '../session.js';
import { splitName } from './words.js';

/** The newest run, where any was found. */
export async function newestRun({ runs }: Session): Promise<string | undefined> {
  return (await runs.known())[0]?.run;
}

/** Lets a person choose a slide of the newest run, or a file. @returns undefined where they chose none. */
export async function pickSlide(session: Session): Promise<string | { readonly run: string; readonly slide: string } | undefined> {
  const run = await newestRun(session);
  const file: QuickPickItem = { label: l10n.t('Choose a File…'), iconPath: undefined, alwaysShow: true };
  const rows = run ? await slideItems(session, run) : [];
  const chosen = rows.length === 0 ? file : await window.showQuickPick([...rows, file], { title: l10n.t('Open Slide'), placeHolder: l10n.t('A slide of the newest run'), matchOnDescription: true });
  if (chosen !== file) return chosen && run ? { run, slide: chosen.label } : undefined;
  const [picked] = (await window.showOpenDialog({ canSelectMany: false, filters: { [l10n.t('Slides')]: ['svs', 'tif', 'tiff', 'png', 'jpg', 'jpeg', 'webp'], [l10n.t('All files')]: ['*'] } })) ?? [];
  return picked?.fsPath;
}

async function slideItems({ service, log }: Session, run: string): Promise<QuickPickItem[]> {
  try {
    const { classes, slides } = await service.calls.cohortOf(run);
    return slides.filter(({ path }) => path !== '').map(({ id, label, split }) => ({ label: id, description: `${classes[label]} · ${splitName(split)}` }));
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn(`The slides of ${run} cannot be listed: ${error.message}`);
    return [];
  }
}
