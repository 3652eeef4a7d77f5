/** The scored patches of all training slides, flat: ten million of them stay three typed arrays. */
export interface ScoredPatches {
  /** sigmoid(instance logit), 0–1. */
  readonly scores: Float32Array | Float64Array;
  /** For each patch, the index of its slide. */
  readonly slideOf: Int32Array;
  /** For each slide, its label. */
  readonly labels: ArrayLike<number>;
}
