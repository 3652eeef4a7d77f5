import { meanPairLoss, summariseBag, type PairLossValue } from '../mil/losses/index.js';
import { auroc, operatingPoints } from '../mil/metrics/index.js';
import type { LossOptions } from '../shared/experiment/index.js';
import { ofOutput, type BagScores } from './scores.js';

/**
 * Losses and AUROC of validation slides: of each class the mean over all pairs of a slide that has
 * it and one that has not, then the mean over classes. A class that all or none of them have says nothing.
 */
export function validationLoss(scored: readonly BagScores[], outputs: number, options: LossOptions): PairLossValue & { readonly auroc: number } {
  const perClass = Array.from({ length: outputs }, (_, output) => lossOfClass(scored, output, options)).filter((found) => found !== undefined);
  if (perClass.length === 0) throw new Error('validation holds one class only, which the checks of the split refuse');
  const mean = (key: keyof (typeof perClass)[number]) => perClass.reduce((sum, found) => sum + found[key], 0) / perClass.length;
  return { total: mean('total'), bag: mean('bag'), instance: mean('instance'), ranking: mean('ranking'), auroc: mean('auroc') };
}

function lossOfClass(scored: readonly BagScores[], output: number, options: LossOptions) {
  const slides = scored.map((scores) => ({ has: scores.bag.classes.includes(output), ...ofOutput(scores, output) }));
  const summaries = (wanted: boolean) => slides.filter(({ has }) => has === wanted).map(({ bagLogit, logits }) => summariseBag(bagLogit, logits, options));
  const losses = meanPairLoss(summaries(true), summaries(false), options);
  const points = operatingPoints(Uint8Array.from(slides, ({ has }) => Number(has)), Float64Array.from(slides, ({ probability }) => probability));
  return losses && points ? { ...losses, auroc: auroc(points) } : undefined;
}
