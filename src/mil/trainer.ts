import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine, HostTensor, InputSpec, ParameterValues } from '../engine/contract.js';
import type { OptimizerSpec } from '../engine/optimizers.js';
import { trainingStep } from '../engine/training-step.js';
import { tf } from '../engine/tfjs.js';
import { HardmineError } from '../shared/errors.js';
import type { Random } from '../shared/random.js';
import type { Aggregator, BagPrediction, Extras, Parameters } from './aggregators/index.js';

/** What the aggregator says of a bag of N instances, on the host; C its outputs, A its attentions (one or C). */
export interface ScoredBag {
  /** [N, C], row by row; bare numbers of N instances where C is one. */
  readonly instanceLogits: Float32Array;
  /** [C] */
  readonly bagLogits: Float32Array;
  /** [N, A], row by row; each column sums to one. */
  readonly attention: Float32Array;
}

/** Weights and optimiser, in torch's names: with them a trainer goes on bit for bit. */
export interface TrainerState {
  readonly weights: ParameterValues;
  readonly optimizer: ParameterValues;
}

/** Scoring with an aggregator in training, and its state. */
export interface Scorer {
  /** C: logits a bag and an instance. */
  readonly outputs: number;
  /** Scores a bag [N, featureSize] of any N ≥ 1 with the weights as they are; without dropout. */
  forward(bag: HostTensor): Promise<ScoredBag>;
  state(): TrainerState;
  restore(state: TrainerState): void;
  dispose(): void;
}

export interface TrainerOptions {
  readonly optimizer: OptimizerSpec;
  /** Where training starts, e.g. `aggregator.initialise(random)`. */
  readonly initial: ParameterValues;
  /** Draws the extras of training, a stream of its own for each step. */
  readonly random: Random;
}

/** The bags that one step sees, and its loss. */
export interface StepSpec<Side extends string, Losses extends string> {
  /** For messages and profiles. */
  readonly name: string;
  /** Each bag with its label [C]: a fixed one, or `given` with each step. */
  readonly sides: Readonly<Record<Side, readonly number[] | 'given'>>;
  /** Scalars by name; `total` is minimised. */
  loss(predictions: Readonly<Record<Side, BagPrediction>>, labels: Readonly<Record<Side, Tensor1D>>): Readonly<Record<Losses | 'total', Tensor>>;
}

/** A bag, with its label where the step does not fix it. */
export interface StepBag {
  /** [N, featureSize], N ≥ 1. */
  readonly bag: HostTensor;
  /** 1 for each class it has, else 0 [C]. */
  readonly label?: Float32Array;
}

/** An aggregator in training. */
export interface Trainer<Side extends string, Losses extends string> extends Scorer {
  /**
   * One update. Resolves to the losses before it.
   * @throws HardmineError `loss-not-finite`; the weights are lost then: `restore` an earlier state.
   */
  step(bags: Readonly<Record<Side, StepBag>>, learningRate: number): Promise<Record<Losses | 'total', number>>;
}

/** Compiles a training step and the forward pass of an aggregator; both share one set of weights. */
export function createTrainer<Side extends string, Losses extends string>(engine: Engine, aggregator: Aggregator, spec: StepSpec<Side, Losses>, options: TrainerOptions): Trainer<Side, Losses> {
  const sides = Object.keys(spec.sides) as Side[];
  const inputsOf = (side: Side): Record<string, InputSpec> => ({
    ...inputsFor(aggregator, aggregator.trainingExtras, side),
    ...(spec.sides[side] === 'given' ? { [port(side, 'label')]: { shape: [aggregator.outputs] } } : {}),
  });
  const training = trainingStep(engine, {
    name: spec.name,
    inputs: Object.assign({}, ...sides.map(inputsOf)) as Record<string, InputSpec>,
    parameters: options.initial,
    optimizer: options.optimizer,
    loss({ inputs, parameters }) {
      const label = (side: Side) => {
        const fixed = spec.sides[side];
        return fixed === 'given' ? (inputs[port(side, 'label')] as Tensor1D) : tf.tensor1d(fixed.slice());
      };
      const labels = bySide(sides, label);
      const predictions = bySide(sides, (side) => aggregator.forward(inputs[port(side, 'bag')] as Tensor2D, parameters, extrasOf(aggregator.trainingExtras, side, inputs), { label: labels[side] }));
      return spec.loss(predictions, labels);
    },
  });
  const scoring = engine.compile({
    name: `${aggregator.kind} forward`,
    inputs: inputsFor(aggregator, aggregator.scoringExtras, 'scored'),
    parameters: training.store,
    body({ inputs, parameters }) {
      const { instanceLogits, bagLogits, attention } = aggregator.forward(inputs[port('scored', 'bag')] as Tensor2D, parameters, extrasOf(aggregator.scoringExtras, 'scored', inputs));
      return { instanceLogits, bagLogits, attention };
    },
  });
  let steps = 0;

  return {
    outputs: aggregator.outputs,
    async step(bags, learningRate) {
      const random = options.random.fork(`dropout/${steps}`);
      const given = sides.map((side) => {
        const { bag, label } = bags[side];
        return { ...valuesFor(bag, aggregator.trainingExtras, side, random), ...(label ? { [port(side, 'label')]: { data: label, shape: [label.length] } } : {}) };
      });
      const losses = await training.run(Object.assign({}, ...given) as Record<string, HostTensor>, learningRate);
      steps += 1;
      if (!Number.isFinite(losses['total'])) throw notFinite(spec.name, steps, losses['total']!);
      return losses as Record<Losses | 'total', number>;
    },
    async forward(bag) {
      const { instanceLogits, bagLogits, attention } = await scoring.run(valuesFor(bag, aggregator.scoringExtras, 'scored', options.random));
      return { instanceLogits: Float32Array.from(instanceLogits!.data), bagLogits: Float32Array.from(bagLogits!.data), attention: Float32Array.from(attention!.data) };
    },
    state: () => ({ weights: training.store.read(), optimizer: training.optimizerState() }),
    restore({ weights, optimizer }) {
      training.restore(weights, optimizer);
      steps = optimizer['step']!.data[0]!;
    },
    dispose() {
      scoring.dispose();
      training.dispose();
    },
  };
}

const port = (side: string, name: string) => `${side}/${name}`;

function bySide<Side extends string, T>(sides: readonly Side[], of: (side: Side) => T): Record<Side, T> {
  return Object.fromEntries(sides.map((side) => [side, of(side)])) as Record<Side, T>;
}

/** Inputs of the forward pass of one bag; named sizes are its own. */
function inputsFor({ featureSize }: Aggregator, extras: Extras, side: string): Record<string, InputSpec> {
  const own = ({ shape, ...rest }: InputSpec): InputSpec => ({ ...rest, shape: shape.map((size) => (typeof size === 'string' ? port(side, size) : size)) });
  const inputs = { bag: { shape: ['instances', featureSize] }, ...extras.inputs };
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [port(side, name), own(input)]));
}

function extrasOf(extras: Extras, side: string, inputs: Parameters): Parameters {
  return Object.fromEntries(Object.keys(extras.inputs).map((name) => [name, inputs[port(side, name)]!]));
}

function valuesFor(bag: HostTensor, extras: Extras, side: string, random: Random): Record<string, HostTensor> {
  const drawn = extras.draw(bag.shape[0]!, random);
  return Object.fromEntries(Object.entries({ bag, ...drawn }).map(([name, value]) => [port(side, name), value]));
}

function notFinite(program: string, step: number, loss: number): HardmineError {
  return new HardmineError('loss-not-finite', `The loss of "${program}" became ${loss} at step ${step}.`, {
    remedy: 'Lower optimizer.lr, and look for features that are not finite.',
  });
}
