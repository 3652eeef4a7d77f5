import { HardmineError } from '../../shared/errors.js';
import type { SlidePatches } from '../../shared/rpc/slides.js';
import { readResult } from '../../shared/run/read.js';
import { openRun, roundsOf, scoresOf, testScoresOf, type RunMaterial, type RunSlide } from '../serve/run-material.js';
import { patchesOfSlide } from '../serve/slides/patches.js';

/** A slide of a run with its patches as a round scored them. */
export interface SlideScores {
  readonly material: RunMaterial;
  readonly row: RunSlide;
  readonly round: number;
  readonly patches: SlidePatches;
}

/**
 * The scores of a slide by a round, by default the selected one, or the newest before a run is done; a test slide is scored by
 * the selected round alone.
 * @throws HardmineError `slide-missing`, `features-invalid` where its patches have no places, and as `openRun` does.
 */
export async function slideScores(run: string, slide: string, wanted: number | undefined): Promise<SlideScores> {
  const material = await openRun(run);
  const row = material.slides.get(slide);
  if (!row) throw new HardmineError('slide-missing', 'This run has no such slide.', { place: { file: run, slide }, remedy: `Its slides are ${[...material.slides.keys()].slice(0, 5).join(', ')} …` });
  const selected = readResult(run)?.selectedRound;
  const round = (row.split === 'test' ? selected : wanted) ?? selected ?? roundsOf(run).at(-1);
  if (round === undefined) throw new HardmineError('file-missing', 'No round of this run is complete yet.', { place: { file: run }, remedy: 'Wait for the first one.' });
  if (wanted !== undefined && wanted !== round) throw new HardmineError('usage', `This is a test slide: round ${round}, which validation selected, has scored it alone.`, { place: { slide }, remedy: 'Leave out --round.' });
  const complete = roundsOf(run);
  if (wanted !== undefined && complete.length > 0 && !complete.includes(wanted)) throw new HardmineError('usage', `This run has no complete round ${wanted}.`, { place: { file: run }, remedy: `Its complete rounds are ${complete.join(', ')}.` });
  return { material, row, round, patches: patchesOfSlide(await (row.split === 'test' ? testScoresOf(run) : scoresOf(run, round)), slide) };
}
