import type { Experiment } from '../../shared/experiment/index.js';
import type { Stage } from '../../shared/run/events.js';
import { resnetCost } from './resnet-cost.js';

/** Patches and slides by what they are used for. */
export interface Sizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Of the training slides of each class. */
  readonly trainNegatives: number;
  readonly trainPositives: number;
  /** Training slides of the larger class: pairs an epoch. */
  readonly pairs: number;
  /** Patches of the largest slide. */
  readonly largest: number;
}

/** What a frozen encoder costs a patch, as timed on this machine: its file does not say. */
export interface FrozenCost {
  readonly milliseconds: number;
  readonly featureSize: number;
}

/** Steps that take their time whatever they compute, ms. */
const stepOverhead = 4;
/** Of the speed of plain matrix products, seen on two cores: inference, contrastive steps, aggregator steps (docs/engines.md). */
const efficiency = { inference: 0.9, contrastive: 0.45, aggregator: 1.1 };
/** Cutting a megapixel of patches out of a slide and writing it, ms. */
const cutPerMegapixel = 60;

/**
 * What each stage of a run takes by counting its operations, in ms of a machine that multiplies
 * matrices at `gigaflops` GFLOP/s. Only the ratio between two experiments is to be trusted;
 * past runs or a probe of the machine give the scale.
 */
export function workOf({ encoder, tiling, aggregator, mining, finetune, optimizer }: Experiment, sizes: Sizes, gigaflops: number, featureSize: number, frozen: FrozenCost | undefined): Partial<Record<Stage, number>> {
  const perFlop = 1 / (gigaflops * 1e6);
  const all = sizes.train + sizes.validation + sizes.test;
  const learnt = sizes.train + sizes.validation;
  const network = encoder.kind === 'resnet' ? resnetCost(encoder, tiling.size) : undefined;
  const forward = network ? (network.flops * perFlop) / efficiency.inference : (frozen?.milliseconds ?? 0);
  const step = (views: number, flops: number): number => (3 * views * flops * perFlop) / efficiency.contrastive + stepOverhead;
  const bagFlops = (patches: number): number => 2 * patches * featureSize * (aggregator.kind === 'dsmil' ? 2 * featureSize + aggregator.attention : aggregator.kind === 'max' || aggregator.kind === 'mean' ? 1 : aggregator.hidden + 2 * aggregator.attention);
  const meanBag = sizes.train / Math.max(1, 2 * sizes.pairs);
  const epoch = sizes.pairs * ((3 * 2 * bagFlops(meanBag) * perFlop) / efficiency.aggregator + stepOverhead) + (bagFlops(sizes.validation) * perFlop) / efficiency.aggregator;
  const learns = (encoder.kind === 'resnet' || (encoder.kind === 'onnx' && encoder.adapter !== null)) && finetune.enabled;
  const mined = Math.min(finetune.maxPatches, mining.hardNegativeRatio * sizes.trainNegatives + mining.positiveRatio.to * sizes.trainPositives);
  const adapterFlops = encoder.kind === 'onnx' && encoder.adapter ? 4 * featureSize * encoder.adapter.hidden : 0;
  const pretrained = encoder.kind === 'resnet' && encoder.weights === undefined ? encoder.pretrain : undefined;
  const drawn = Math.min(pretrained?.patchesPerEpoch ?? 0, sizes.train);
  const pretrainBatch = Math.min(pretrained?.batch ?? 0, drawn);
  const pretrainSteps = pretrained && pretrainBatch > 0 ? pretrained.epochs * Math.floor(drawn / pretrainBatch) : 0;
  const views = encoder.kind === 'onnx' && encoder.adapter ? sizes.train * encoder.adapter.views * forward : 0;
  const embeddings = encoder.kind === 'resnet' && learns ? mining.rounds : 1;
  return {
    prepare: encoder.kind === 'features' ? 0 : (all * tiling.size ** 2 * cutPerMegapixel) / 1e6,
    pretrain: pretrained ? pretrainSteps * step(2 * pretrainBatch, network!.flops) : views,
    embed: embeddings * learnt * forward,
    aggregate: mining.rounds * (1 + optimizer.restarts) * optimizer.epochs * epoch,
    score: (mining.rounds * bagFlops(learnt) * perFlop) / efficiency.aggregator,
    finetune: learns ? (mining.rounds - 1) * finetune.epochs * Math.ceil(mined / finetune.batch) * step(2 * finetune.batch, network?.flops ?? adapterFlops) : 0,
    test: sizes.test * forward,
  };
}
