import path from 'node:path';
import { replaceJson } from '../shared/files.js';
import { runFiles } from '../shared/run/layout.js';
import type { RoundMetrics, RunResult } from '../shared/run/metrics.js';
import { readPredictions, type SlidePrediction } from '../shared/run/predictions.js';
import { ofSplit } from './bag.js';
import { RoundCheckpoint } from './checkpoint.js';
import { loadEncoderState } from './encoder-state.js';
import { evaluateInstances, evaluateSlides, evaluateStatistics, meanSlideLoss, thresholdRuleOf, type PatientPrediction } from './evaluate.js';
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
    const predictions = predictionsOf(scored);
    replaceJson(path.join(runFolder, runFiles.testPredictions), predictions);
    const instance = evaluateInstances(scored, experiment);
    const patients = new Map(bags.map(({ id, patient }) => [id, patient]));
    const withPatient = (prediction: SlidePrediction): PatientPrediction => ({ ...prediction, patient: patients.get(prediction.slide)! });
    const heldOut = await lookAtHeldOut({ context, bags, embedder, trainer }, chosen.validation.threshold, progress);
    return {
      selectedRound: chosen.round,
      selectionRule: selectionRule(trainer.outputs),
      thresholdRule: thresholdRuleOf(experiment),
      validation: chosen.validation,
      test: evaluateSlides(scored, chosen.validation.threshold, meanSlideLoss(scored), experiment),
      ...(heldOut ? { heldOut: heldOut.metrics } : {}),
      ...(instance && chosen.instance ? { instance: { validation: chosen.instance.validation, test: instance } } : {}),
      ...evaluateStatistics({ validation: predictedBefore(checkpoint).map(withPatient), test: predictions.map(withPatient), heldOut: heldOut?.predictions.map(withPatient) }, experiment),
      ...(experiment.evaluation.oracle ? { oracle: true as const } : {}),
      milliseconds: stages.total,
    };
  });
}

/** What the chosen round predicted of the validation slides, as it wrote it down. */
function predictedBefore(checkpoint: RoundCheckpoint): SlidePrediction[] {
  return (readPredictions(checkpoint.file('predictions')) ?? []).filter(({ split }) => split === 'validation');
}
