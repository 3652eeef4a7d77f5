import { outputNames } from '../shared/experiment/classes.js';
import type { Experiment } from '../shared/experiment/index.js';
import type { Lineage } from '../shared/run/state.js';
import { aggregatorText } from './aggregator-text.js';
import type { RunRecord } from './record.js';

/** How the run was made, in the words of a methods section: all of it from what the run folder holds. */
export function methodsText(record: RunRecord): string {
  const { experiment, lineage, result } = record;
  return [dataText(record), procedureText(experiment, result?.selectionRule), softwareText(lineage)].filter(Boolean).join(' ');
}

/** What was done with the slides of each part, from patches to intervals. */
export function procedureText(experiment: Experiment, rule: string | undefined): string {
  return [tilingText(experiment), encoderText(experiment), aggregatorText(experiment), miningText(experiment), optimiserText(experiment), evaluationText(experiment, rule)].join(' ');
}

/** Who trained, validated and tested. */
export function dataText({ experiment: { split, cohort }, lineage, result }: RunRecord): string {
  const part = (name: string, word: string, metrics?: { readonly patients: number }): string[] => {
    const slides = Object.values(lineage?.split ?? {}).filter((one) => one === name).length;
    const known = lineage?.parts?.[name];
    const patients = known?.patients ?? metrics?.patients;
    const classes = known ? `: ${Object.entries(known.classes).map(([label, count]) => `${count} "${label}"`).join(', ')}` : '';
    return slides === 0 && name === 'held-out' ? [] : [`${slides} ${word}${patients === undefined ? '' : ` (${plural(patients, 'patient')}${classes})`}`];
  };
  const parts = [...part('train', 'training'), ...part('validation', 'validation', result?.validation), ...part('test', 'test', result?.test), ...part('held-out', 'held-out', result?.heldOut)];
  const how = split.file === undefined ? `split by ${split.by}${split.stratify ? ', stratified by label' : ''} (seed ${split.seed})` : `split as the file ${split.file} says`;
  const fold = split.fold === null ? '' : ` This is fold ${split.fold} of ${split.folds}${split.repeats > 1 ? `, repeat ${split.repeat ?? 1} of ${split.repeats}` : ''}.`;
  const slides = lineage ? `The ${Object.keys(lineage.split).length} slides of the cohort (classes: ${cohort.classes.join(', ')})` : 'The slides of the cohort';
  return `${slides} were ${how} into ${sentenceList(parts)} slides.${fold}`;
}

function tilingText({ tiling, encoder }: Experiment): string {
  if (encoder.kind === 'features') return 'Features of patches were taken as given.';
  const { mpp, size, overlap, tissue, stain } = tiling;
  const kept = tissue.method === 'none' ? 'no tissue detection' : `tissue found by ${tissue.method} at ${tissue.mpp} µm/px, at least ${percent(tissue.minFraction)} of a patch`;
  return `Slides were cut into patches of ${size} × ${size} px at ${mpp} µm/px${overlap > 0 ? ` with an overlap of ${overlap} px` : ''} (${kept})${stain.method === 'none' ? '' : `, stain-normalised by ${stain.method}`}.`;
}

/** What turned patches into features. */
export function encoderText({ encoder, finetune, mining, cohort }: Experiment): string {
  const learns = finetune.enabled && mining.rounds > 1 && cohort.negative;
  const tuned = learns ? ` From the second round on it was fine-tuned by supervised contrastive learning on the mined training patches (temperature ${finetune.temperature}, ${plural(finetune.epochs, 'epoch')} a round, batch ${finetune.batch}, learning rate ${finetune.lr}).` : ' It was not fine-tuned.';
  if (encoder.kind === 'features') return `The encoder was frozen: its features were read from ${encoder.folder}.`;
  if (encoder.kind === 'onnx') return `Features came from the frozen encoder ${encoder.file}${encoder.adapter ? ` with a trainable residual adapter (hidden size ${encoder.adapter.hidden}).${tuned}` : '.'}`;
  const start = encoder.weights !== undefined ? `weights of ${encoder.weights}` : encoder.pretrain.epochs > 0 ? `SimCLR on training patches alone (${plural(encoder.pretrain.epochs, 'epoch')}, temperature ${encoder.pretrain.temperature})` : 'random weights';
  return `The encoder was a ResNet-${encoder.depth}${encoder.width === 1 ? '' : ` of width ${encoder.width}`}, started from ${start}.${tuned}`;
}

/** What each round mined, and from whom. */
export function miningText({ mining, cohort }: Experiment): string {
  if (!cohort.negative) return 'No class is negative, so nothing was mined.';
  const { rounds, hardNegativeRatio, threshold, positiveRatio, perSlideCap } = mining;
  return `In up to ${plural(rounds, 'round')}, the highest-scored ${percent(hardNegativeRatio)} of the patches of negative training slides were mined as hard negatives${perSlideCap < 1 ? ` (at most ${percent(perSlideCap)} from one slide)` : ''}, and patches of positive training slides scored above ${threshold} as positives, their share rising from ${percent(positiveRatio.from)} to ${percent(positiveRatio.to)} after ${plural(positiveRatio.warmup, 'round')}.`;
}

function optimiserText({ optimizer }: Experiment): string {
  const { kind, lr, weightDecay, epochs, schedule, patience, restarts } = optimizer;
  return `Optimiser: ${kind === 'adam' ? 'Adam' : 'SGD'}, learning rate ${lr} (${schedule}), weight decay ${weightDecay}, at most ${plural(epochs, 'epoch')} a ${restarts > 0 ? 'training' : 'round'}${patience > 0 ? `, stopped after ${plural(patience, 'epoch')} without a lower validation loss` : ''}; ${restarts > 0 ? `each round trained from ${restarts + 1} sets of initial weights, one after the other, and of all their epochs the one` : 'of each round the epoch'} with the lowest validation loss was kept.`;
}

/** How model and threshold were chosen, and what the intervals are. */
export function evaluationText({ evaluation, cohort }: Experiment, rule: string | undefined): string {
  const intervals = evaluation.bootstrap > 0 ? ` Intervals: ${percent(evaluation.ci)}, by ${evaluation.bootstrap} bootstrap resamples of patients; for ${outputNames(cohort).length > 1 ? 'the AUROC of each class' : 'AUROC'} also DeLong's, clustered by patient.` : '';
  const half = evaluation.threshold === 'half' ? 'the decision threshold was fixed at a half' : `the decision threshold (rule "${evaluation.threshold}") was chosen on validation`;
  const decision = cohort.negative ? half : cohort.separator === '' ? 'the likeliest class was called' : 'classes with a probability of at least a half were called, or else the likeliest';
  return `The round was selected by this rule: ${rule ?? 'the highest validation AUROC'}; ${decision}. Test was called by the same round in the same way.${intervals}`;
}

/** What computed. */
export function softwareText(lineage: Lineage | undefined): string {
  if (!lineage) return '';
  const { hardmine, node, platform, engine, seed, splitSeed, packages } = lineage;
  return `Hardmine ${hardmine} on Node ${node} (${platform}), engine ${engine.kind} ${engine.version} with ${plural(engine.threads, 'thread')}${Object.entries(packages).map(([name, version]) => `, ${name} ${version}`).join('')}; seeds: run ${seed}, split ${splitSeed}.`;
}

export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function sentenceList(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
