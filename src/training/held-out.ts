import path from 'node:path';
import { replaceJson } from '../shared/files.js';
import { runFiles } from '../shared/run/layout.js';
import type { SlideMetrics } from '../shared/run/metrics.js';
import type { SlidePrediction } from '../shared/run/predictions.js';
import { ofSplit } from './bag.js';
import { evaluateSlides, meanSlideLoss } from './evaluate.js';
import { predictionsOf } from './outcome.js';
import { scoreBags } from './scores.js';
import type { Workshop } from './workshop.js';

/**
 * The one look this model has at the patients held out of the cross-validation; it must stand as it was chosen.
 * @returns undefined where nobody was held out.
 */
export async function lookAtHeldOut({ context, bags, embedder, trainer }: Pick<Workshop, 'context' | 'bags' | 'embedder' | 'trainer'>, threshold: number, progress: Parameters<Workshop['embedder']['embed']>[1]): Promise<{ readonly metrics: SlideMetrics; readonly predictions: readonly SlidePrediction[] } | undefined> {
  const heldOut = ofSplit(bags, 'held-out');
  if (heldOut.length === 0) return undefined;
  const scored = await scoreBags(heldOut, trainer, await embedder.embed(heldOut, progress));
  const predictions = predictionsOf(scored);
  replaceJson(path.join(context.runFolder, runFiles.heldOutPredictions), predictions);
  return { metrics: evaluateSlides(scored, threshold, meanSlideLoss(scored), context.experiment), predictions };
}
