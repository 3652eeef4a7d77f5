import { commands, FileType, Uri, workspace } from 'vscode';
import type { SlideState } from '../../shared/rpc/views/slide.js';
import { showSlide } from '../panels/slide.js';
import type { Session } from '../session.js';
import { pickSlide } from '../slide-views/pick.js';
import type { CommandHandler } from './index.js';

/** MIL: Open Slide. A file, a folder of DICOM files, or a slide of a run with what the run says of it, at the patch given; asks where none is given. */
export const openSlide: CommandHandler = async (session, target) => {
  const wanted = fileOf(target) ?? stateOf(target) ?? (await pickSlide(session));
  if (wanted === undefined) return;
  if (typeof wanted === 'string') await openPath(session, wanted);
  else showSlide(session, 'target' in wanted ? wanted : { target: wanted });
};

/** Files have an editor; a folder cannot have one, and is shown in the panel. */
async function openPath(session: Session, path: string): Promise<void> {
  const uri = Uri.file(path);
  // What cannot be asked is opened all the same: the view then says what is wrong with it.
  const type = await workspace.fs.stat(uri).then(({ type: found }) => found, () => FileType.File);
  if (type & FileType.Directory) showSlide(session, { target: { path } });
  else await commands.executeCommand('vscode.openWith', uri, 'mil.slide');
}

function fileOf(target: unknown): string | undefined {
  return typeof target === 'string' ? target : target instanceof Uri ? target.fsPath : undefined;
}

/** What other views hand over; anything else is asked for. */
function stateOf(target: unknown): SlideState | undefined {
  const { run, slide, round, x, y, size } = (target ?? {}) as Partial<Record<'run' | 'slide' | 'round' | 'x' | 'y' | 'size', unknown>>;
  if (typeof run !== 'string' || typeof slide !== 'string') return undefined;
  const placed = typeof x === 'number' && typeof y === 'number' && typeof size === 'number';
  return { target: { run, slide }, ...(typeof round === 'number' ? { round } : {}), ...(placed ? { place: { x, y, size } } : {}) };
}
