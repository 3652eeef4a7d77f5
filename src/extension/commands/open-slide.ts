import { commands, Uri } from 'vscode';
import type { SlideState } from '../../shared/rpc/views/slide.js';
import { showSlide } from '../panels/slide.js';
import { pickSlide } from '../slide-views/pick.js';
import type { CommandHandler } from './index.js';

/** MIL: Open Slide. A file, or a slide of a run with what the run says of it, at the patch given; asks where none is given. */
export const openSlide: CommandHandler = async (session, target) => {
  const wanted = fileOf(target) ?? stateOf(target) ?? (await pickSlide(session));
  if (wanted === undefined) return;
  if (typeof wanted === 'string') await commands.executeCommand('vscode.openWith', Uri.file(wanted), 'mil.slide');
  else showSlide(session, 'target' in wanted ? wanted : { target: wanted });
};

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
