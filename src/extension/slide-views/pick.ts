import { l10n, window, type QuickPickItem } from 'vscode';
import { RemoteError } from '../../shared/rpc/channel.js';
import type { Session } from '../session.js';
import { splitName } from './words.js';

/** The newest run, where any was found. */
export async function newestRun({ runs }: Session): Promise<string | undefined> {
  return (await runs.known())[0]?.run;
}

/** Lets a person choose a slide of the newest run, a file, or a folder of DICOM files. @returns undefined where they chose none. */
export async function pickSlide(session: Session): Promise<string | { readonly run: string; readonly slide: string } | undefined> {
  const run = await newestRun(session);
  // A dialog of the system chooses files or folders, not both.
  const file: QuickPickItem = { label: l10n.t('Choose a File…'), alwaysShow: true };
  const folder: QuickPickItem = { label: l10n.t('Choose a Folder of DICOM Files…'), alwaysShow: true };
  const rows = run ? await slideItems(session, run) : [];
  const chosen = await window.showQuickPick([...rows, file, folder], { title: l10n.t('Open Slide'), placeHolder: rows.length === 0 ? l10n.t('A file or a folder') : l10n.t('A slide of the newest run'), matchOnDescription: true });
  if (chosen !== file && chosen !== folder) return chosen && run ? { run, slide: chosen.label } : undefined;
  const slides = { [l10n.t('Slides')]: ['svs', 'tif', 'tiff', 'qptiff', 'dcm', 'ndpi', 'mrxs', 'scn', 'bif', 'vms', 'vmu', 'svslide', 'png', 'jpg', 'jpeg', 'webp'], [l10n.t('All files')]: ['*'] };
  const [picked] = (await window.showOpenDialog(chosen === folder ? { canSelectFiles: false, canSelectFolders: true } : { filters: slides })) ?? [];
  return picked?.fsPath;
}

async function slideItems({ service, log }: Session, run: string): Promise<QuickPickItem[]> {
  try {
    const { slides } = await service.calls.cohortOf(run);
    return slides.filter(({ path }) => path !== '').map(({ id, label, split }) => ({ label: id, description: `${label} · ${splitName(split)}` }));
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    log.warn(`The slides of ${run} cannot be listed: ${error.message}`);
    return [];
  }
}
