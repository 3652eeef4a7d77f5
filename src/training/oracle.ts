import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { fileError } from '../shared/files.js';
import { runFiles } from '../shared/run/layout.js';
import type { OracleEpoch } from '../shared/run/oracle.js';
import { ofSplit } from './bag.js';
import { evaluateSlides, thresholdOf } from './evaluate.js';
import { scoreBags } from './scores.js';
import type { Workshop } from './workshop.js';

/**
 * With `evaluation.oracle`, what is to be called after each epoch of a round: it scores the test slides and writes down
 * what somebody who chose by them would see. Nothing in the run reads it; a report shows it when asked.
 */
export async function openOracle({ context, bags, embedder, trainer }: Pick<Workshop, 'context' | 'bags' | 'embedder' | 'trainer'>, round: number): Promise<((epoch: number) => Promise<void>) | undefined> {
  const { experiment, runFolder } = context;
  if (!experiment.evaluation.oracle) return undefined;
  const file = path.join(runFolder, runFiles.oracle);
  const withoutIntervals = { ...experiment, evaluation: { ...experiment.evaluation, bootstrap: 0 } };
  const test = ofSplit(bags, 'test');
  const features = await embedder.embed(test, () => undefined);
  return async (epoch) => {
    const scored = await scoreBags(test, trainer, features);
    const threshold = thresholdOf(scored, experiment);
    const { auroc, averagePrecision, accuracy, balancedAccuracy, f1, brier } = evaluateSlides(scored, threshold, null, withoutIntervals);
    const line: OracleEpoch = { round, epoch, threshold, auroc: auroc.value, averagePrecision: averagePrecision.value, accuracy: accuracy.value, balancedAccuracy: balancedAccuracy.value, f1: f1.value, brier: brier.value };
    try {
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    } catch (error) {
      throw fileError(error, file);
    }
  };
}
