import { dirname, extname, join } from 'node:path';
import { commands, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { Measure } from '../../shared/rpc/views/slide.js';
import { runMil } from '../service/run-mil.js';
import type { Session } from '../session.js';
import { pickSlide } from '../slide-views/pick.js';
import type { CommandHandler } from './index.js';

/** What is written of a slide, and the options of `mil export` for it. */
interface Wish {
  readonly ending: string;
  readonly option: '--geojson' | '--heatmap';
  readonly measure?: Exclude<Measure, 'none'>;
}

/** A slide of a run. */
interface SlideOfRun {
  readonly run: string;
  readonly slide: string;
}

/** MIL: Export Slide…: patches and scores of a slide for QuPath, or a heatmap; asks what and where, unless `file` names it by its ending. @returns the file. */
export const exportSlide: CommandHandler = async (session, target, file) => {
  const chosen = slideOfRun(target) ?? slideOfRun(await pickSlide(session));
  if (!chosen) return undefined;
  const wish = typeof file === 'string' ? wishOf(file) : await askWish();
  if (!wish) return undefined;
  const into = typeof file === 'string' ? file : await askFile(chosen, wish.ending);
  if (into === undefined) return undefined;
  await window.withProgress({ location: ProgressLocation.Notification, title: l10n.t('Exporting') }, () => writeSlide(session, chosen, wish, into));
  void offerToReveal(into);
  return into;
};

function slideOfRun(target: unknown): SlideOfRun | undefined {
  const { run, slide } = (target ?? {}) as Partial<Record<'run' | 'slide', unknown>>;
  return typeof run === 'string' && typeof slide === 'string' ? { run, slide } : undefined;
}

function writeSlide({ context }: Session, { run, slide }: SlideOfRun, { option, measure }: Wish, file: string): Promise<string> {
  return runMil(context, ['export', option, file, ...(measure ? ['--measure', measure] : []), '--', run, slide]);
}

function wishOf(file: string): Wish {
  return file.endsWith('.geojson') ? { ending: 'geojson', option: '--geojson' } : { ending: file.endsWith('.png') ? 'png' : 'ome.tif', option: '--heatmap' };
}

async function askWish(): Promise<Wish | undefined> {
  const picture = l10n.t('A picture in the colours of the slide view (PNG)');
  const values = l10n.t('Values with their place on the slide (OME-TIFF)');
  const picked = await window.showQuickPick(
    [
      { label: l10n.t('Patches and Tissue for QuPath'), description: l10n.t('GeoJSON: score, attention, rank, round and role of each patch'), wish: { ending: 'geojson', option: '--geojson' } },
      { label: l10n.t('Heatmap of the Scores'), description: picture, wish: { ending: 'png', option: '--heatmap', measure: 'score' } },
      { label: l10n.t('Heatmap of the Attention'), description: picture, wish: { ending: 'png', option: '--heatmap', measure: 'attention' } },
      { label: l10n.t('Heatmap of the Scores, for QuPath'), description: values, wish: { ending: 'ome.tif', option: '--heatmap', measure: 'score' } },
      { label: l10n.t('Heatmap of the Attention, for QuPath'), description: values, wish: { ending: 'ome.tif', option: '--heatmap', measure: 'attention' } },
    ] satisfies { label: string; description: string; wish: Wish }[],
    { title: l10n.t('Export what of the slide?'), matchOnDescription: true },
  );
  return picked?.wish;
}

async function askFile({ run, slide }: SlideOfRun, ending: string): Promise<string | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? dirname(run);
  const name = `${slide}.${ending}`;
  // Dialogs know the last part of an ending alone: "ome.tif" would be put behind the name once more.
  const picked = await window.showSaveDialog({ defaultUri: Uri.file(join(folder, name)), filters: { [ending]: [extname(name).slice(1)] } });
  return picked?.fsPath;
}

async function offerToReveal(file: string): Promise<void> {
  const reveal = l10n.t('Show in Folder');
  if ((await window.showInformationMessage(l10n.t('Exported to {0}.', file), reveal)) === reveal) await commands.executeCommand('revealFileInOS', Uri.file(file));
}
