import { z } from 'zod';
import { field } from './field.js';

const positiveRatio = z.strictObject({
  from: field(z.number().gt(0).max(1), 0.2, { description: 'Share of candidate positives trusted when warm-up ends.', equation: 'r(e) = (e − warmup)(to − from) / (rounds − warmup) + from', source: 'paper §3, self-paced' }),
  to: field(z.number().gt(0).max(1), 0.8, { description: 'Share trusted in the end.', equation: 'r(e) = (e − warmup)(to − from) / (rounds − warmup) + from', source: 'paper §3, self-paced' }),
  warmup: field(z.int().min(0), 5, { description: 'Rounds before positives are used as anchors.', unit: 'rounds', source: 'reference code' }),
});

/** How rounds choose patches. */
export const miningSchema = z.strictObject({
  rounds: field(z.int().min(1), 10, { description: 'Rounds of embed, aggregate, score, mine, fine-tune. Round 1 uses the encoder as it starts.', unit: 'rounds' }),
  threshold: field(z.number().min(0).max(1), 0.3, { description: 'A patch of a positive slide is a candidate positive above this score.', equation: 'candidates: score > threshold; trusted: at or above their 1 − r(e) quantile', source: 'reference code' }),
  positiveRatio: positiveRatio.prefault({}).meta({ description: 'Self-paced share of candidate positives: r(e) = (e − warmup)(to − from)/(rounds − warmup) + from.' }),
  hardNegativeRatio: field(z.number().gt(0).max(1), 0.05, { description: 'Share of the patches of negative slides, highest scores first, that are mined as hard negatives.', equation: 'mined: score ≥ quantile(scores of negative slides, 1 − hardNegativeRatio)', source: 'paper §4: 5 %' }),
  perSlideCap: field(z.number().gt(0).max(1), 1, { description: 'No slide fills more than this share of the bank; 1 turns the cap off.', source: 'ours' }),
  judgements: field(z.string(), 'judgements.jsonl', { description: 'File of what people judged of patches, relative to the experiment file; each mining leaves out what it calls artefact or mislabelled. It need not exist; empty: no judgements.', source: 'ours' }),
  refreshEvery: field(z.int().min(1), 1, { description: 'Rounds between two minings.', unit: 'rounds' }),
});

/** Supervised contrastive fine-tuning of the encoder on what was mined. */
export const finetuneSchema = z.strictObject({
  enabled: field(z.boolean(), true, { description: 'false: the encoder stays as it is; rounds only re-train the aggregator.' }),
  temperature: field(z.number().positive(), 0.07, { description: 'SupCon temperature.', equation: 'L_i = −mean over p in P(i) of log( exp(z_i·z_p / T) / Σ_{a ≠ i} exp(z_i·z_a / T) )', source: 'paper §3' }),
  epochs: field(z.int().min(1), 1, { description: 'Epochs on the mined patches a round. An epoch has as many steps as the bank has batches: few where few negatives are mined, and in our sweep ten steps a round taught next to nothing, forty did (docs/hard-negatives.md).', unit: 'epochs' }),
  batch: field(z.int().min(4), 32, { description: 'Patches a step; each is seen as two views.', unit: 'patches' }),
  lr: field(z.number().positive(), 1e-4, { description: 'Learning rate (Adam).' }),
  maxPatches: field(z.int().min(4), 4096, { description: 'At most so many mined patches an epoch, drawn anew each epoch.', unit: 'patches' }),
});

/** How the aggregator is trained in each round. */
export const optimizerSchema = z.strictObject({
  kind: field(z.enum(['adam', 'sgd']), 'adam', { description: 'Optimiser.', source: 'reference code' }),
  lr: field(z.number().positive(), 2e-4, { description: 'Learning rate.', source: 'reference code' }),
  weightDecay: field(z.number().min(0), 1e-4, { description: 'L2 added to the gradient, as torch.optim.Adam has it.', source: 'reference code' }),
  epochs: field(z.int().min(1), 40, { description: 'Epochs a round; every slide is used each epoch, the smaller class repeats.', unit: 'epochs' }),
  schedule: field(z.enum(['constant', 'cosine']), 'cosine', { description: 'One scheduler step an epoch.', source: 'reference code' }),
  patience: field(z.int().min(0), 10, { description: 'Stop when the validation loss has not fallen for so many epochs; 0 never stops early. The epoch with the lowest is kept either way.', unit: 'epochs' }),
  restarts: field(z.int().min(0).max(50), 0, { description: 'Each round trains the aggregator so many times more, from other initial weights, and keeps the training and epoch with the lowest validation loss. Initial weights may decide whether the patch classifier learns anything (docs/beyond-the-paper.md).', unit: 'trainings', source: 'ours' }),
});

/** What is reported and how thresholds are chosen. */
export const evaluationSchema = z.strictObject({
  bootstrap: field(z.int().min(0), 1000, { description: 'Resamples of patients for the intervals; 0 leaves intervals out.' }),
  ci: field(z.number().gt(0).lt(1), 0.95, { description: 'Level of the intervals.' }),
  threshold: field(z.enum(['youden', 'f1', 'half']), 'youden', { description: 'Rule that chooses the decision threshold, on validation only.' }),
  oracle: field(z.boolean(), false, { description: 'Score the test slides after each epoch too, into `oracle.jsonl`, which nothing in the run reads: `mil report RUN --oracle` then shows beside the result what choosing by test would have claimed, and by how much.', source: 'ours' }),
});

/** What computes. */
export const engineSchema = z.strictObject({
  kind: field(z.enum(['auto', 'onnx', 'tensorflow', 'wasm']), 'auto', { description: '`auto` takes the fastest that loads and says why.' }),
  threads: field(z.int().min(0).max(256), 0, { description: 'Threads of the engine; 0: the number of cores. Part of lineage: another count may round differently.', unit: 'threads' }),
});
