import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine, HostTensor, InputSpec, ParameterValues } from '../engine/contract.js';
import type { OptimizerSpec } from '../engine/optimizers.js';
import { trainingStep } from '../engine/training-step.js';
import { HardmineError } from '../shared/errors.js';
import type { LossOptions } from '../shared/experiment/index.js';
import type { Random } from '../shared/random.js';
import type { Aggregator } from './aggregators/index.js';
import { drawDropoutMask } from './dropout.js';
import { pairLoss, type PairLossValue } from './losses/index.js';

/** What the aggregator says of a bag, on the host. */
export interface ScoredBag {
  /** [N] */
  readonly instanceLogits: Float32Array;
  readonly bagLogit: number;
  /** [N], sums to one. */
  readonly attention: Float32Array;
}

/** Weights and optimiser, in torch's names: with them a trainer goes on bit for bit. */
export interface TrainerState {
  readonly weights: ParameterValues;
  readonly optimizer: ParameterValues;
}

/** An aggregator in training on (positive, negative) pairs of bags. */
export interface PairTrainer {
  /**
   * One update. Bags are [N, featureSize] of any N ≥ 1. Resolves to the losses before it.
   * @throws HardmineError `loss-not-finite`; the weights are lost then: `restore` an earlier state.
   */
  step(positiveBag: HostTensor, negativeBag: HostTensor, learningRate: number): Promise<PairLossValue>;
  /** Scores a bag with the weights as they are; without dropout. */
  forward(bag: HostTensor): Promise<ScoredBag>;
  state(): TrainerState;
  restore(state: TrainerState): void;
  dispose(): void;
}

export interface PairTrainerOptions {
  readonly loss: LossOptions;
  readonly optimizer: OptimizerSpec;
  /** Where training starts, e.g. `aggregator.initialise(random)`. */
  readonly initial: ParameterValues;
  /** Draws the dropout masks, a stream of its own for each step. */
  readonly random: Random;
}

/** Compiles the training step and the forward pass of an aggregator; both share one set of weights. */
export function createPairTrainer(engine: Engine, aggregator: Aggregator, options: PairTrainerOptions): PairTrainer {
  const name = `${aggregator.kind} pair step`;
  const { dropout } = aggregator;
  const bags: Record<string, InputSpec> = { positiveBag: { shape: ['P', aggregator.featureSize] }, negativeBag: { shape: ['N', aggregator.featureSize] } };
  const masks: Record<string, InputSpec> = dropout ? { positiveMask: { shape: ['P', dropout.width] }, negativeMask: { shape: ['N', dropout.width] } } : {};
  const training = trainingStep(engine, {
    name,
    inputs: { ...bags, ...masks },
    parameters: options.initial,
    optimizer: options.optimizer,
    loss({ inputs, parameters }) {
      const predict = (side: 'positive' | 'negative') => aggregator.forward(inputs[`${side}Bag`] as Tensor2D, parameters, inputs[`${side}Mask`] as Tensor2D | undefined);
      return pairLoss(predict('positive'), predict('negative'), options.loss);
    },
  });
  const scoring = engine.compile({
    name: `${aggregator.kind} forward`,
    inputs: { bag: { shape: ['N', aggregator.featureSize] } },
    parameters: training.store,
    body({ inputs, parameters }) {
      const { instanceLogits, bagLogit, attention } = aggregator.forward(inputs['bag'] as Tensor2D, parameters);
      return { instanceLogits, bagLogit, attention };
    },
  });
  let steps = 0;

  return {
    async step(positiveBag, negativeBag, learningRate) {
      const random = options.random.fork(`dropout/${steps}`);
      const drawn: Record<string, HostTensor> = dropout
        ? { positiveMask: drawDropoutMask(positiveBag.shape[0], dropout, random), negativeMask: drawDropoutMask(negativeBag.shape[0], dropout, random) }
        : {};
      const { total, bag, instance, ranking } = await training.run({ positiveBag, negativeBag, ...drawn }, learningRate);
      steps += 1;
      if (!Number.isFinite(total)) throw notFinite(name, steps, total);
      return { total, bag, instance, ranking };
    },
    async forward(bag) {
      const { instanceLogits, bagLogit, attention } = await scoring.run({ bag });
      return { instanceLogits: Float32Array.from(instanceLogits.data), bagLogit: bagLogit.data[0], attention: Float32Array.from(attention.data) };
    },
    state: () => ({ weights: training.store.read(), optimizer: training.optimizerState() }),
    restore({ weights, optimizer }) {
      training.restore(weights, optimizer);
      steps = optimizer['step'].data[0];
    },
    dispose() {
      scoring.dispose();
      training.dispose();
    },
  };
}

function notFinite(program: string, step: number, loss: number): HardmineError {
  return new HardmineError('loss-not-finite', `The loss of "${program}" became ${loss} at step ${step}.`, {
    remedy: 'Lower optimizer.lr, and look for features that are not finite.',
  });
}
