import { aggregatorRules } from './aggregator-rules.js';
import { classRules } from './class-rules.js';
import { error, percent, warning, type Finding } from './finding.js';
import type { Experiment } from './index.js';
import { set } from './mend.js';
import { splitRules } from './split-rules.js';

/**
 * Rules that no single field can state: they compare fields of one experiment.
 * Slides and the cohort table are not looked at.
 */
export function checkRules(experiment: Experiment): Finding[] {
  return rules.flatMap((rule) => rule(experiment));
}

type Rule = (experiment: Experiment) => Finding[];

const rules: readonly Rule[] = [
  ({ tiling: { size, overlap } }) =>
    overlap < size ? [] : error('overlap-too-large', ['tiling', 'overlap'], `An overlap of ${overlap} px leaves no step between patches of ${size} px.`, `Choose an overlap below ${size}.`, set(['tiling', 'overlap'], 0)),

  aggregatorRules,

  classRules,

  splitRules,

  ({ mining: { positiveRatio } }) =>
    positiveRatio.to >= positiveRatio.from ? [] : error('positive-ratio-falls', ['mining', 'positiveRatio', 'to'], `The share of trusted positives would fall from ${percent(positiveRatio.from)} to ${percent(positiveRatio.to)}; self-paced mining only ever trusts more.`, 'Let "to" be at least "from".', set(['mining', 'positiveRatio', 'to'], Math.max(positiveRatio.from, 0.8))),

  ({ mining: { rounds, positiveRatio }, finetune, encoder }) =>
    positiveRatio.warmup < rounds || rounds === 1 || !finetune.enabled || !learns(encoder)
      ? []
      : warning('warmup-never-ends', ['mining', 'positiveRatio', 'warmup'], `A warm-up of ${positiveRatio.warmup} rounds never ends in ${rounds} rounds: positives are mined but never used as anchors.`, `Choose a warm-up below ${rounds}, or more rounds.`, set(['mining', 'positiveRatio', 'warmup'], Math.floor(rounds / 2)), set(['mining', 'rounds'], 2 * positiveRatio.warmup)),

  ({ mining: { rounds, refreshEvery } }) =>
    refreshEvery <= rounds ? [] : warning('mined-once', ['mining', 'refreshEvery'], `Mining every ${refreshEvery} rounds happens only once in ${rounds} rounds.`, `Choose at most ${rounds}.`, set(['mining', 'refreshEvery'], 1)),

  ({ mining: { rounds }, finetune, encoder }) =>
    rounds === 1 || (finetune.enabled && learns(encoder)) ? [] : warning('rounds-without-learning', ['mining', 'rounds'], `The encoder does not learn, so all ${rounds} rounds see the same features.`, finetune.enabled ? 'Set "mining.rounds" to 1, or choose an encoder that learns (resnet, or onnx with an adapter).' : 'Set "mining.rounds" to 1, or enable fine-tuning.', set(['mining', 'rounds'], 1), ...(finetune.enabled ? [] : [set(['finetune', 'enabled'], true)])),

  ({ loss }) =>
    loss.bag + loss.instance + loss.ranking > 0 ? [] : error('loss-all-zero', ['loss'], 'All three weights of the loss are 0: nothing would be learnt.', 'Give at least one of "bag", "instance" and "ranking" a positive weight.'),

  ({ loss: { ranking, topK } }) =>
    ranking === 0 || topK <= 1000 ? [] : warning('top-k-large', ['loss', 'topK'], `The ${topK} highest patches are most or all of a usual slide: the ranking loss then compares whole slides.`, 'The paper uses 10.', set(['loss', 'topK'], 10)),

  ({ augmentations: { crop } }) =>
    crop[0] <= crop[1] ? [] : error('crop-reversed', ['augmentations', 'crop'], `The smallest share kept by a crop (${crop[0]}) is above the largest (${crop[1]}).`, `Write [${crop[1]}, ${crop[0]}].`, set(['augmentations', 'crop'], [crop[1], crop[0]])),

  ({ evaluation: { bootstrap } }) =>
    bootstrap === 0 || bootstrap >= 100 ? [] : warning('bootstrap-small', ['evaluation', 'bootstrap'], `Intervals from ${bootstrap} resamples are themselves uncertain.`, 'Use 1000, or 0 for no intervals.', set(['evaluation', 'bootstrap'], 1000), set(['evaluation', 'bootstrap'], 0)),
];

const learns = (encoder: Experiment['encoder']): boolean => encoder.kind === 'resnet' || (encoder.kind === 'onnx' && encoder.adapter !== null);
