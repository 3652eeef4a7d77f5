import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { HostTensor, InputSpec, ParameterValues } from '../../engine/contract.js';
import type { AggregatorOptions } from '../../shared/experiment/index.js';
import type { Random } from '../../shared/random.js';

/** Named tensors as the body of a program sees them. */
export type Parameters = Readonly<Record<string, Tensor>>;

/** What an aggregator says of a bag of N instances; C its outputs. */
export interface BagPrediction {
  /** [N, C] */
  readonly instanceLogits: Tensor2D;
  /** [C] */
  readonly bagLogits: Tensor1D;
  /** [N, A], A one or C; each column sums to one. */
  readonly attention: Tensor2D;
  /** What the bag classifier sees [d]; of each class in turn where they differ. */
  readonly bagEmbedding: Tensor1D;
  /** The aggregator's own loss on its instances, as weighty as its paper has it beside a bag loss of weight one; a scalar, in training only. */
  readonly auxiliary?: Tensor;
}

/** Inputs of a forward pass beside the bag, made anew for each bag. */
export interface Extras {
  /** Shapes by name. Named sizes belong to the bag: those of another bag of the same program are others. */
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** Values for a bag of N ≥ 1 instances. */
  draw(instances: number, random: Random): Readonly<Record<string, HostTensor>>;
}

/** What a forward pass sees of training. */
export interface InTraining {
  /** 1 for each class the bag has, else 0 [C]. */
  readonly label: Tensor1D;
}

/** Turns a bag of features into one prediction; pure, of any bag size. */
export interface Aggregator {
  readonly kind: AggregatorOptions['kind'];
  readonly featureSize: number;
  /** C: one where a slide is positive or negative, else one a class. */
  readonly outputs: number;
  /** What `forward` needs in training, e.g. dropout masks. */
  readonly trainingExtras: Extras;
  /** What it needs in scoring; drawn without chance. */
  readonly scoringExtras: Extras;
  /** Fresh parameters, drawn as the paper's reference draws its own. */
  initialise(random: Random): ParameterValues;
  /**
   * @param bag [N, featureSize]
   * @param extras as `trainingExtras` or `scoringExtras` say.
   * @param training undefined in scoring.
   */
  forward(bag: Tensor2D, parameters: Parameters, extras: Parameters, training?: InTraining): BagPrediction;
}

export const noExtras: Extras = { inputs: {}, draw: () => ({}) };

/** Several extras as one; drawn in order. */
export function extrasOfAll(parts: readonly Extras[]): Extras {
  return {
    inputs: Object.assign({}, ...parts.map(({ inputs }) => inputs)) as Extras['inputs'],
    draw: (instances, random) => Object.assign({}, ...parts.map((part) => part.draw(instances, random))) as ReturnType<Extras['draw']>,
  };
}
