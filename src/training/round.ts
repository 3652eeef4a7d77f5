import type { Bank } from '../mining/index.js';
import { replaceJson } from '../shared/files.js';
import type { RoundMetrics } from '../shared/run/metrics.js';
import { trainAggregator } from './aggregate.js';
import { ofSplit } from './bag.js';
import { RoundCheckpoint } from './checkpoint.js';
import { loadEncoderState, saveEncoderState } from './encoder-state.js';
import { evaluateInstances, evaluateSlides, meanSlideLoss, thresholdOf } from './evaluate.js';
import { heedJudgements } from './judgements.js';
import { learningHooks } from './learning-hooks.js';
import { mine, toLearnFrom } from './mine.js';
import { openOracle } from './oracle.js';
import { bankOf, bankTable, predictionsOf, rolesOf, scoreTable } from './outcome.js';
import { scoreBags, type BagScores } from './scores.js';
import { measureStandard } from './standard.js';
import { highestPatchAuroc, patchScoresWarning } from './patch-scores.js';
import { readScores, writeBank, writeScores } from './tables.js';
import type { Workshop } from './workshop.js';

/** What a round hands to the next: its scores of the training bags, and the bank mined from them. */
export interface RoundHandover {
  readonly scored: readonly BagScores[];
  readonly bank: Bank;
}

/** One round, from the second on beginning with fine-tuning on what the one before mined; everything it found is on disk when it returns. */
export async function runRound(workshop: Workshop, round: number, before: RoundHandover | undefined): Promise<{ metrics: RoundMetrics; handover: RoundHandover }> {
  const { context, stages, bags, embedder, trainer, starts, random } = workshop;
  const { experiment } = context;
  const checkpoint = new RoundCheckpoint(context.runFolder, round).create();
  const [train, validation] = [ofSplit(bags, 'train'), ofSplit(bags, 'validation')];
  await bringEncoder(workshop, checkpoint, before);
  const features = await stages.run('embed', round, async (progress) => {
    embedder.standard = undefined;
    const embedded = await embedder.embed([...train, ...validation], progress);
    if (!experiment.aggregator.standardise) return embedded;
    embedder.standard = await measureStandard(train, embedded);
    embedded.forget();
    return embedded;
  });
  const afterEpoch = await openOracle(workshop, round);
  const epoch = await stages.run('aggregate', round, (progress) => trainAggregator({ context, trainer, starts, bags, features, random: random.fork('aggregate'), round, afterEpoch }, progress));
  await checkpoint.saveAggregator(trainer.state().weights, embedder.standard);
  const scored = await stages.run('score', round, (progress) =>
    scoreBags([...train, ...validation], trainer, features, async (done) => {
      progress(done, train.length + validation.length, 'slides');
      await context.checkpoint();
    }),
  );
  const [ofTrain, ofValidation] = [scored.slice(0, train.length), scored.slice(train.length)];
  const { bank, summary } = await stages.run('mine', round, async () => {
    const mined = mine(ofTrain, round, experiment.mining, before?.bank, () => heedJudgements(context, train, checkpoint));
    for (const warning of mined?.warnings ?? []) context.emit({ type: 'warning', ...warning });
    if (mined) context.emit({ type: 'mined', round, summary: mined.summary });
    const bank = mined?.bank ?? before!.bank;
    const table = scoreTable(scored, rolesOf(scored.reduce((sum, { scores }) => sum + scores.length, 0), bank));
    writeScores(checkpoint.file('scores'), table);
    replaceJson(checkpoint.file('predictions'), predictionsOf(scored));
    writeBank(checkpoint.file('bank'), bankTable(table, bank, before?.bank));
    return { bank, summary: mined?.summary };
  });
  const judged = await stages.run('evaluate', round, async () => {
    const threshold = thresholdOf(ofValidation, experiment);
    const [instanceTrain, instanceValidation] = [evaluateInstances(ofTrain, experiment), evaluateInstances(ofValidation, experiment)];
    return {
      validation: evaluateSlides(ofValidation, threshold, meanSlideLoss(ofValidation), experiment),
      ...(instanceTrain && instanceValidation ? { instance: { train: instanceTrain, validation: instanceValidation } } : {}),
    };
  });
  const byPatch = highestPatchAuroc(ofValidation);
  const doubtful = patchScoresWarning({ round, byPatch, bySlide: judged.validation.auroc.value, labels: ofValidation.map(({ bag }) => bag.label), restarts: experiment.optimizer.restarts });
  if (doubtful) context.emit({ type: 'warning', code: 'patch-scores-uninformative', message: doubtful });
  const metrics: RoundMetrics = { round, epoch, ...judged, highestPatchAuroc: byPatch, ...(summary ? { mining: summary } : {}), milliseconds: stages.takeRound() };
  checkpoint.finish(metrics);
  context.emit({ type: 'round-finished', round, metrics });
  return { metrics, handover: { scored: ofTrain, bank } };
}

/** Brings the encoder to where this round scores with it: as it is for round 1, fine-tuned for the others. */
async function bringEncoder({ context, stages, bags, encoder, embedder, material, random }: Workshop, checkpoint: RoundCheckpoint, before: RoundHandover | undefined): Promise<void> {
  const { learner } = encoder;
  if (!learner) return;
  const { round, folder } = checkpoint;
  const { finetune, mining } = context.experiment;
  const saved = await loadEncoderState(folder);
  if (saved) return learner.restore(saved.state);
  if (before && finetune.enabled) {
    const mined = toLearnFrom(before.scored, before.bank, round - 1, mining);
    // Features of round 1 may serve other runs; those of later rounds serve nobody once the weights move on.
    if (round > 2) embedder.forget();
    await stages.run('finetune', round, async (progress) => {
      const patches = material.patches!(ofSplit(bags, 'train'));
      try {
        await learner.finetune(patches, mined, { random: random.fork(`finetune/${round}`), hooks: learningHooks(context, 'finetune', round, progress) });
      } finally {
        patches.close();
      }
    });
  }
  await saveEncoderState(folder, learner.state(), finetune.epochs);
}

/** What a finished round handed over, from its files. */
export async function recallHandover({ context, bags }: Workshop, round: number): Promise<RoundHandover> {
  const table = await readScores(new RoundCheckpoint(context.runFolder, round).file('scores'));
  let at = 0;
  const scored = ofSplit(bags, 'train').map((bag): BagScores => {
    const rows = [at, (at += bag.count)] as const;
    return { bag, bagLogit: NaN, probability: NaN, logits: table.logit.subarray(...rows), scores: table.score.subarray(...rows), attention: table.attention.subarray(...rows) };
  });
  return { scored, bank: bankOf(table.role.slice(0, at)) };
}
