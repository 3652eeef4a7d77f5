import type { ParameterValues } from '../engine/contract.js';

/** A batch of patches: uint8 RGB interleaved, count × size × size × 3. */
export interface PatchBatch {
  readonly pixels: Uint8Array;
  readonly count: number;
  /** Edge in pixels. */
  readonly size: number;
}

/** Random access to patches that lie on disk; never all in memory. */
export interface PatchSource {
  readonly count: number;
  readonly size: number;
  /** Copies patch `index` (3·size² bytes) into `target` at `offset`. */
  read(index: number, target: Uint8Array, offset: number): void;
}

/** Turns patches into features; the weights it has now decide `fingerprint`. */
export interface Encoder {
  readonly featureSize: number;
  /** Largest batch `embed` takes. */
  readonly batch: number;
  /** SHA-256 (hex) of everything the features depend on: weights, preprocessing, architecture. */
  fingerprint(): string;
  /** Features of a batch, row-major count × featureSize. Never augments. */
  embed(batch: PatchBatch): Promise<Float32Array>;
  dispose(): void;
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
  onEpoch?(report: EpochReport): void;
  /** Looked at between steps; throws to stop (the host's interruption). */
  checkpoint?(): Promise<void>;
}

/** What a round mined, as indices into a PatchSource. */
export interface MinedPatches {
  readonly positives: Int32Array;
  readonly hardNegatives: Int32Array;
  /**
   * Patches of positive slides with a negative pseudo-label: they take part as views but are left
   * out of the denominator of negative anchors (design §4).
   */
  readonly uncertain: Int32Array;
}

/** An encoder that can learn from what was mined. */
export interface TrainableEncoder extends Encoder {
  /** All that is needed to continue bit for bit: weights and optimiser state. */
  state(): { weights: ParameterValues; optimizer: ParameterValues };
  restore(state: { weights: ParameterValues; optimizer?: ParameterValues }): void;
}
