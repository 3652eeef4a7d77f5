import path from 'node:path';
import type { PredictedSlide } from '../mil/metrics/index.js';
import { replaceJson } from '../shared/files.js';
import { runFiles } from '../shared/run/layout.js';
import type { RoundMetrics, RunResult } from '../shared/run/metrics.js';
import { readPredictions } from '../shared/run/predictions.js';
import { ofSplit, type Bag } from './bag.js';
import { RoundCheckpoint } from './checkpoint.js';
import { loadEncoderState } from './encoder-state.js';
import { evaluateInstances, evaluateSlides, evaluateStatistics, meanSlideLoss } from './evaluate.js';
import { lookAtHeldOut } from './held-out.js';
import { predictionsOf, scoreTable } from './outcome.js';
import { scoreBags } from './scores.js';
import { selectionRule } from './select-round.js';
import { writeScores } from './tables.js';
import type { Workshop } from './workshop.js';

/** The one look at the test slides: with the encoder, the aggregator and the threshold of the round validation chose. */
export async function testOnce({ context, stages, bags, encoder, embedder, trainer }: Workshop, chosen: RoundMetrics): Promise<RunResult> {
  const { experiment, runFolder } = context;
  const checkpoint = new RoundCheckpoint(runFolder, chosen.round);
  return stages.run('test', chosen.round, async (progress) => {
    const saved = await loadEncoderState(checkpoint.folder);
    if (encoder.learner && saved) encoder.learner.restore(saved.state);
    const { weights, standard } = await checkpoint.loadAggregator();
    trainer.restore({ ...trainer.state(), weights });
    embedder.standard = standard;
    const test = ofSplit(bags, 'test');
    const features = await embedder.embed(test, progress);
    const scored = await scoreBags(test, trainer, features);
    writeScores(path.join(runFolder, runFiles.testScores), scoreTable(scored, new Uint8Array(0)));
    replaceJson(path.join(runFolder, runFiles.testPredictions), predictionsOf(scored));
    const instance = evaluateInstances(scored, experiment);
    const statistics = evaluateStatistics(predictedBefore(checkpoint, bags), scored.map(({ bag, probability }) => ({ patient: bag.patient, label: bag.label, probability })), experiment);
    const heldOut = await lookAtHeldOut({ context, bags, embedder, trainer }, chosen.validation.threshold, progress);
    return {
      selectedRound: chosen.round,
      selectionRule: selectionRule(trainer.outputs),
      validation: chosen.validation,
      test: evaluateSlides(scored, chosen.validation.threshold, meanSlideLoss(scored), experiment),
      ...(heldOut ? { heldOut } : {}),
      ...(instance && chosen.instance ? { instance: { validation: chosen.instance.validation, test: instance } } : {}),
      ...(statistics ? { statistics } : {}),
      ...(experiment.evaluation.oracle ? { oracle: true as const } : {}),
      milliseconds: stages.total,
    };
  });
}

/** What the chosen round predicted of the validation slides, as it wrote it down. */
function predictedBefore(checkpoint: RoundCheckpoint, bags: readonly Bag[]): PredictedSlide[] {
  const patients = new Map(bags.map(({ id, patient }) => [id, patient]));
  const predicted = readPredictions(checkpoint.file('predictions')) ?? [];
  return predicted.filter(({ split }) => split === 'validation').map(({ slide, label, probability }) => ({ patient: patients.get(slide)!, label, probability }));
}
