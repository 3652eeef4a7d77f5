import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Random } from '../../shared/random.js';

/** What contrastive learning trains. */
export interface ContrastiveModel {
  /** For messages, e.g. `ResNet-18`. */
  readonly name: string;
  /** L2-normalised projections [N, d] of views [N, ...viewShape]. */
  project(views: Tensor, parameters: Readonly<Record<string, Tensor>>): Tensor2D;
}

/** Where views of patches come from: drawn from pixels, or read from cached features. */
export interface ViewSource {
  /** Patches there are. */
  readonly count: number;
  /** Shape of one view. */
  readonly shape: readonly number[];
  /** Writes two views of patch `index`, one at `first` and one at `second`. */
  drawPair(index: number, random: Random, target: Float32Array, first: number, second: number): void;
}
