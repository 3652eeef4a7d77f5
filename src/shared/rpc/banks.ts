/** What became of a patch since the round before; columns hold positions in this list. */
export const changes = ['new', 'kept', 'dropped'] as const;
export type Change = (typeof changes)[number];

/** How the bank of a run grew and changed. */
export interface BankOverview {
  /** Name of the experiment. */
  readonly name: string;
  /** Names of the negative and the positive class. */
  readonly classes: readonly [string, string];
  /** Complete rounds, first to last. */
  readonly rounds: readonly BankRound[];
  /** As the run mined. */
  readonly options: SelectionOptions;
  /** Absolute path of the judgements file; undefined where the experiment wants none. */
  readonly judgementsFile?: string;
}

export interface BankRound {
  readonly round: number;
  readonly hardNegatives: number;
  readonly positives: number;
  /** Against the bank of the round before. */
  readonly added: number;
  readonly kept: number;
  readonly dropped: number;
}

/** What decides which negatives are hard: see `mining` of the experiment. */
export interface SelectionOptions {
  readonly hardNegativeRatio: number;
  readonly perSlideCap: number;
}

/** Patches of training slides, one entry a patch in every column. */
export interface BankPatches {
  /** Slide ids that `slideOf` points into. */
  readonly slides: readonly string[];
  /** Which patch it is: its row in the scores of any round. */
  readonly row: Int32Array;
  readonly slideOf: Int32Array;
  /** Left and top edge, and edge length: level-0 pixels; NaN where the features came without places. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size: Float64Array;
  /** By this round, 0–1. */
  readonly score: Float32Array;
  /** Within the slide, 1 highest. */
  readonly rank: Int32Array;
  /** Positions in `roles`; of dropped patches, the role they had. */
  readonly role: Uint8Array;
  /** Positions in `changes`. */
  readonly change: Uint8Array;
}

/** What other options would mine from the scores of a round, under the judgements of now. */
export interface TriedSelection {
  /** Hard negatives, all in all. */
  readonly hardNegatives: number;
  /** The lowest score that is hard, before the cap; null without a negative patch. */
  readonly threshold: number | null;
  readonly stay: number;
  /** Rows of the hard negatives that would leave the bank. */
  readonly leaving: Int32Array;
  /** How many would come in, and the highest of them. */
  readonly enter: number;
  readonly entering: BankPatches;
}

/** Pictures of patches: JPEGs one behind the other, each ending where `ends` says; an empty one could not be cut. */
export interface PatchPictures {
  readonly bytes: Uint8Array;
  readonly ends: Int32Array;
  /** Why pictures are missing; one sentence a slide. */
  readonly problems: readonly string[];
}

/** The banks of a run, for people to browse. `run` is an absolute path; `row` is a patch's row in the scores. */
export interface BankService {
  bankOverview(run: string): Promise<BankOverview>;
  /** What a round mined, highest scores first, and behind it what it dropped. */
  readBank(run: string, round: number): Promise<BankPatches>;
  trySelection(run: string, round: number, options: SelectionOptions): Promise<TriedSelection>;
  /** @param edge of each picture, px. */
  patchPictures(run: string, round: number, rows: readonly number[], edge: number): Promise<PatchPictures>;
  /** A patch in the middle of its surroundings, `span` patches wide and high, as JPEG of `edge` px. */
  patchSurroundings(run: string, round: number, row: number, span: number, edge: number): Promise<Uint8Array>;
}
