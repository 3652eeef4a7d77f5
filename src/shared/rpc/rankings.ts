/** Which scores are looked at. The loss sees train slides alone; the others show what it led to. */
export type RankedSplit = 'train' | 'validation' | 'test';

/** One look at the scores of a run; `round` is left out for the selected round, or the newest while there is none. */
export interface RankingSubject {
  /** Absolute run folder. */
  readonly run: string;
  readonly round?: number;
  readonly split: RankedSplit;
}

/** What the experiment says of the ranking loss. */
export interface RankingLoss {
  /** Patches of each slide that are compared; clipped to the slide. */
  readonly topK: number;
  readonly margin: number;
  readonly scoreSpace: 'logit' | 'probability';
  /** Of the ranking loss in the whole loss. */
  readonly weight: number;
}

/** Patches counted in equal bins: bin i holds [start + i · width, start + (i + 1) · width), the last one its end too. */
export interface ScoreHistogram {
  readonly start: number;
  readonly width: number;
  /** Patches of positive slides. */
  readonly positive: Int32Array;
  readonly negative: Int32Array;
}

/** The slides of a split, one entry a slide in every column. */
export interface RankedSlides {
  readonly ids: readonly string[];
  readonly labels: Uint8Array;
  readonly patches: Int32Array;
  /** Mean of the top K, as the loss sees it. */
  readonly topMeans: Float64Array;
  /** Of the top K, those whose truth is known, and those that are truly positive. */
  readonly known: Int32Array;
  readonly trulyPositive: Int32Array;
}

/** Pairs of slides, largest shortfall first; positions in `RankedSlides`. */
export interface SlidePairs {
  readonly positive: Int32Array;
  readonly negative: Int32Array;
  /** margin − positive + negative, of the top-K means; the hinge is what of it lies above 0. */
  readonly shortfall: Float64Array;
  /** Share of the pairs of top-K patches that violate the margin. */
  readonly violated: Float32Array;
}

/** All there is to see of a round's scores of a split but its single patches. */
export interface RankingOverview {
  /** Name of the experiment. */
  readonly name: string;
  readonly classes: readonly [string, string];
  readonly split: RankedSplit;
  /** Whose scores these are; test slides are scored by the selected round alone. */
  readonly round: number;
  /** Complete rounds, first to last. */
  readonly rounds: readonly number[];
  /** The round that validation chose; null before the run is done. */
  readonly selectedRound: number | null;
  readonly splits: readonly RankedSplit[];
  readonly loss: RankingLoss;
  /** Scores above which a patch of a positive slide may be mined, and from which on those of negative slides were; null where none were. */
  readonly candidateThreshold: number;
  readonly hardNegativeThreshold: number | null;
  readonly patches: number;
  readonly slides: RankedSlides;
  /** How many pairs there are; `pairs` holds the worst of them. */
  readonly pairCount: number;
  readonly pairs: SlidePairs;
  /** Over all pairs of slides: the ranking loss before its weight, pairs of slides and pairs of patches beyond the margin; null without a pair. */
  readonly meanHinge: number | null;
  readonly violatedSlidePairs: number;
  readonly violatedPatchShare: number | null;
  readonly histograms: { readonly logit: ScoreHistogram; readonly probability: ScoreHistogram };
}

/** The patches of a slide that the loss compares, highest first. */
export interface TopPatches {
  readonly slide: string;
  /** Absolute; empty where the cohort table names no file. */
  readonly path: string;
  /** Positions among the patches of the slide, which are the same in every round. */
  readonly indices: Int32Array;
  /** Level-0 pixels; NaN where the feature store has no coordinates. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly size: Float64Array;
  readonly logit: Float32Array;
  readonly score: Float32Array;
  /** What the loss compares: logits or probabilities. */
  readonly values: Float64Array;
  readonly mean: number | null;
  /** 1, 0, or -1 where unknown. */
  readonly truth: Int8Array;
  /** Positions in `roles`. */
  readonly roles: Uint8Array;
}

/** A positive and a negative slide as the loss compares them. */
export interface RankedPair {
  readonly positive: TopPatches;
  readonly negative: TopPatches;
  /** [positives × negatives], row by row: above 0 the two patches violate the margin by that much. */
  readonly shortfalls: Float64Array;
  /** Their mean, and what of it the loss counts. */
  readonly shortfall: number | null;
  readonly hinge: number | null;
}

/** How patches of one slide fared. */
export interface PatchHistory {
  readonly rounds: Int32Array;
  /** [rounds × patches], row by row: rank within the slide, 1 highest. */
  readonly ranks: Int32Array;
  readonly logits: Float32Array;
}

/** Patch scores as the ranking loss compares them. */
export interface RankingService {
  rankingOverview(subject: RankingSubject): Promise<RankingOverview>;
  rankingPair(subject: RankingSubject, positive: string, negative: string): Promise<RankedPair>;
  /** Ranks of patches of a slide in each complete round. @param indices as in `TopPatches`. */
  rankHistory(subject: RankingSubject, slide: string, indices: Int32Array): Promise<PatchHistory>;
  /** Every pair of slides as CSV. */
  slidePairsCsv(subject: RankingSubject): Promise<string>;
  /** Every pair of top-K patches of two slides as CSV. */
  patchPairsCsv(subject: RankingSubject, positive: string, negative: string): Promise<string>;
}
