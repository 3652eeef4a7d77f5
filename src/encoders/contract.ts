import type { ParameterValues } from '../engine/contract.js';
import type { Random } from '../shared/random.js';

/** A batch of patches: uint8 RGB interleaved, count × size × size × 3. */
export interface PatchBatch {
  readonly pixels: Uint8Array;
  readonly count: number;
  /** Edge in pixels. */
  readonly size: number;
}

/** A batch of features, row-major count × (the size the encoder takes). */
export interface FeatureBatch {
  readonly features: Float32Array;
  readonly count: number;
}

/** Random access to patches that lie on disk; never all in memory. */
export interface PatchSource {
  readonly count: number;
  readonly size: number;
  /** Copies patch `index` (3·size² bytes) into `target` at `offset`. */
  read(index: number, target: Uint8Array, offset: number): void;
}

interface EncoderCommon {
  readonly featureSize: number;
  /** Largest batch `embed` takes, and the one it is fastest at. */
  readonly batch: number;
  /**
   * SHA-256 (hex) of everything the features depend on: weights, preprocessing, architecture.
   * It changes exactly when `learner` changes the weights, so features are cached by it.
   */
  fingerprint(): string;
  /** Present when the encoder can learn; absent: its features never change. */
  readonly learner?: Learner;
  dispose(): void;
}

/** Pixels to features: the ResNet (with a learner), a frozen ONNX file (without). */
export interface PixelEncoder extends EncoderCommon {
  readonly input: 'pixels';
  /** Features of a batch, row-major count × featureSize. Never augments. */
  embed(batch: PatchBatch): Promise<Float32Array>;
}

/**
 * Features to features: the adapter over a frozen `base`, whose features of a slide are
 * computed once and kept by `base.fingerprint()`; or stored features as they are (no base).
 */
export interface FeatureEncoder extends EncoderCommon {
  readonly input: 'features';
  readonly base?: PixelEncoder;
  /** Size of the features it takes. */
  readonly inputSize: number;
  /** Features of a batch of base features, row-major count × featureSize. */
  embed(batch: FeatureBatch): Promise<Float32Array>;
}

/** What turns patches into features. */
export type Encoder = PixelEncoder | FeatureEncoder;

/** Weights in torch's names and layouts, and the state of the optimiser of the stage last run. */
export interface EncoderState {
  readonly weights: ParameterValues;
  readonly optimizer: ParameterValues;
}

/** The part of an encoder that learns. Everything it does is a function of its state, the patches and `random`. */
export interface Learner {
  /**
   * To be called in every process before `finetune`; what is done is not done again. The ResNet
   * is pre-trained by SimCLR: resumed with the state and the epoch of the last report, it goes on
   * bit for bit. The adapter caches the features of augmented views in `stage.scratch`.
   * @throws HardmineError `loss-not-finite` (the weights of the last whole epoch stay), `disk-full`.
   */
  prepare(patches: PatchSource, stage: PrepareStage): Promise<void>;
  /**
   * One round of supervised contrastive fine-tuning; the optimiser's moments go on from round
   * to round. Without hard negatives or without positives there is nothing to contrast and the
   * weights stay as they are.
   * @throws HardmineError `loss-not-finite`; the weights of the last whole epoch stay.
   */
  finetune(patches: PatchSource, mined: MinedPatches, stage: LearningStage): Promise<void>;
  state(): EncoderState;
  /** @throws HardmineError `weights-invalid` naming the tensor that does not fit. */
  restore(state: EncoderState): void;
}

/** What a stage of learning is given from outside. */
export interface LearningStage {
  /** Split by name for each epoch, so a stage resumed at an epoch draws the same numbers. */
  readonly random: Random;
  readonly hooks?: TrainingHooks;
}

export interface PrepareStage extends LearningStage {
  /** Folder of this run for what must outlive a restart; created when missing. */
  readonly scratch: string;
  /** Epochs reported before, when resuming. */
  readonly epochsDone?: number;
}

/** Progress of a training stage, for the journal. */
export interface EpochReport {
  /** 1-based. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean contrastive loss of the epoch. */
  readonly loss: number;
  readonly lr: number;
}

export interface TrainingHooks {
  onStep?(done: number, total: number): void;
  /** Awaited: the place to write a checkpoint of `learner.state()`. */
  onEpoch?(report: EpochReport): void | Promise<void>;
  /** Looked at between steps; throws to stop (the host's interruption). */
  checkpoint?(): Promise<void>;
}

/** What a round mined, as indices into a PatchSource. */
export interface MinedPatches {
  /** Patches of positive slides with a positive pseudo-label. */
  readonly positives: Int32Array;
  /** Whether positives are anchors too (after warm-up); before, negatives are only pushed away from them. */
  readonly anchorPositives: boolean;
  readonly hardNegatives: Int32Array;
  /**
   * Patches of positive slides with a negative pseudo-label: they take part as views but are left
   * out of the denominator of negative anchors (design §4).
   */
  readonly uncertain: Int32Array;
}
