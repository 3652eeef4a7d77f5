import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../engine/contract.js';
import type { AggregatorOptions } from '../../shared/experiment/index.js';
import type { Random } from '../../shared/random.js';

/** Named parameters as the body of a program sees them. */
export type Parameters = Readonly<Record<string, Tensor>>;

/** What an aggregator says of a bag of N instances. */
export interface BagPrediction {
  /** [N] */
  readonly instanceLogits: Tensor1D;
  /** [] */
  readonly bagLogit: Tensor;
  /** [N], sums to one. */
  readonly attention: Tensor1D;
  /** What the bag classifier sees [d]. */
  readonly bagEmbedding: Tensor1D;
}

/** Turns a bag of features into one prediction; pure, of any bag size. */
export interface Aggregator {
  readonly kind: AggregatorOptions['kind'];
  readonly featureSize: number;
  /** Dropout on the values in training: its rate, and the width of the mask; undefined where there is none. */
  readonly dropout: { readonly rate: number; readonly width: number } | undefined;
  /** Fresh parameters, drawn as torch's Linear draws its own: weight and bias from U(−1/√in, 1/√in). */
  initialise(random: Random): ParameterValues;
  /**
   * @param bag [N, featureSize]
   * @param dropoutMask [N, dropout.width], 0 or 1/(1 − rate); left out in evaluation.
   */
  forward(bag: Tensor2D, parameters: Parameters, dropoutMask?: Tensor2D): BagPrediction;
}
