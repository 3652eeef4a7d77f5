/** A slide as its file, and perhaps a table, describe it. */
export interface InferredSlide {
  readonly id: string;
  /** Relative to the folder looked at; of its slide, or of its features. */
  readonly file: string;
  readonly patient: string | undefined;
  /** As the table writes it; undefined where no table tells. */
  readonly label: string | undefined;
  /** µm/px, where a table tells; empty where the person must. */
  readonly mpp: string | undefined;
}

/** What a folder seems to hold. */
export interface InferredCohort {
  readonly kind: 'slides' | 'features';
  /** Folder of the features, relative to the one looked at. */
  readonly features: string | undefined;
  readonly slides: readonly InferredSlide[];
  /** The negative one first, where one is; undefined where labels are missing or are no classes. */
  readonly classes: readonly [string, string, ...string[]] | undefined;
  /** Whether the first class is negative. */
  readonly negative: boolean;
  /** Of the coarsest slide, µm/px, where that is known. */
  readonly coarsest?: number;
  /** For the person: what was taken from where, what was guessed, and what is left to do. */
  readonly notes: readonly string[];
}
