import { rmSync } from 'node:fs';
import type { VerdictColumn } from '../mining/index.js';
import { judgementsFile, readJudgements } from '../shared/judgements/file.js';
import { judgementLine } from '../shared/judgements/line.js';
import { verdictsOf } from '../shared/judgements/match.js';
import { standingJudgements } from '../shared/judgements/standing.js';
import { replaceFile } from '../shared/files.js';
import type { Bag } from './bag.js';
import type { RoundCheckpoint } from './checkpoint.js';
import type { RunContext } from './context.js';
import { noteJudgements } from './lineage.js';

/**
 * What people judged of the training patches, as their file says it now. People judge while a run goes on, so
 * each round keeps the judgements it mined under in its folder, and lineage their hash.
 * @param train training bags, whose patches are counted in this order.
 * @returns undefined where nothing was said of any of their slides.
 */
export function heedJudgements({ experiment, experimentFolder, runFolder, emit }: RunContext, train: readonly Bag[], checkpoint: RoundCheckpoint): VerdictColumn {
  const file = judgementsFile(experiment, experimentFolder);
  const { judgements, problems } = readJudgements(file);
  for (const { line, message } of problems) emit({ type: 'warning', code: 'judgements-invalid', message: `${file}:${line}: ${message} Round ${checkpoint.round} mines without this line.` });
  const ids = new Set(train.map(({ id }) => id));
  const standing = standingJudgements(judgements).filter(({ slide }) => ids.has(slide));
  const text = standing.length === 0 ? undefined : standing.map((judgement) => `${judgementLine(judgement)}\n`).join('');
  if (text === undefined) rmSync(checkpoint.file('judgements'), { force: true });
  else replaceFile(checkpoint.file('judgements'), text);
  noteJudgements(runFolder, checkpoint.round, text);
  return text === undefined ? undefined : verdictsOf(placesOf(train), train.map(({ id }) => id), standing);
}

function placesOf(train: readonly Bag[]): { slideOf: Int32Array; x: Float64Array; y: Float64Array; size: Float64Array } {
  const total = train.reduce((sum, { count }) => sum + count, 0);
  const places = { slideOf: new Int32Array(total), x: new Float64Array(total).fill(NaN), y: new Float64Array(total).fill(NaN), size: new Float64Array(total).fill(NaN) };
  let at = 0;
  for (const [slide, { count, coords }] of train.entries()) {
    places.slideOf.fill(slide, at, at + count);
    if (coords) {
      places.x.set(coords.x, at);
      places.y.set(coords.y, at);
      places.size.fill(coords.size0, at, at + count);
    }
    at += count;
  }
  return places;
}
