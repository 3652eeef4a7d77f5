/** A row of the cohort table, checked. */
export interface CohortSlide {
  readonly id: string;
  /** Absolute path; empty where the experiment uses feature stores and the table has no path column. */
  readonly path: string;
  /** 1 where it has a class that is not the negative one. */
  readonly label: 0 | 1;
  /** Which of the C outputs it has, ascending; none for a negative slide. With one positive class there is one output. */
  readonly classes: readonly number[];
  readonly patient: string;
  /** Hospital or scanner, where the table says it. */
  readonly site?: string;
  /** µm/px from the table, where given. */
  readonly mpp: number | undefined;
  /** Line of the table, 1-based, for messages. */
  readonly line: number;
}

/** `held-out`: kept out of a cross-validation; its patients are tested beside those of the fold. */
export type SplitName = 'train' | 'validation' | 'test' | 'held-out';
/** Slide id → split. */
export type Split = ReadonlyMap<string, SplitName>;

/** Where patches lie: left and top edges and the edge of all, level-0 pixels. */
export interface PatchCoords {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size0: number;
}

/** Features of one slide, read slice by slice. */
export interface FeatureReader {
  /** Patches. */
  readonly count: number;
  /** Features a patch. */
  readonly featureSize: number;
  /** Undefined where the store has none, or none whose unit and size are known. */
  readonly coords: PatchCoords | undefined;
  /** Why there are no coords, or what a person should know of them; a sentence or two. */
  readonly note?: string;
  /** Rows [start, end) into `target` (row-major, from its beginning). */
  readInto(target: Float32Array, start: number, end: number): void;
  close(): void;
}
