import { z } from 'zod';
import { roles } from '../run/tables.js';

const split = z.enum(['train', 'validation', 'test']);
const label = z.union([z.literal(0), z.literal(1)]);

/** A square of a slide: level-0 pixels; null where the features came without places. */
const square = z.object({ slide: z.string(), x: z.number().nullable(), y: z.number().nullable(), size: z.number().nullable() });

const scored = square.extend({
  /** Its row in the scores of any round. */
  row: z.number().int(),
  label,
  split,
  /** sigmoid of the logit, 0–1. */
  score: z.number(),
  logit: z.number(),
  /** Within its slide, 1 highest. */
  rank: z.number().int(),
  role: z.enum(roles),
  /** 1, 0, or −1 where it is unknown; for reading only. */
  truth: z.number().int(),
});
/** A patch as a round scored it. */
export type ScoredPatch = z.infer<typeof scored>;

const explainedPatch = scored.extend({
  /** Patches of its slide. */
  patches: z.number().int(),
  /** 0–1; those of a slide sum to one, so that an even share is 1 / patches. */
  attention: z.number(),
  attentionRank: z.number().int(),
  /** The slide's instance with the highest logit: the one the instance loss learns from, and in DSMIL the one attention is measured against. */
  critical: square.extend({ isThis: z.boolean(), steersAttention: z.boolean() }),
});

const roundOfPatch = z.object({
  round: z.number().int(),
  score: z.number(),
  logit: z.number(),
  rank: z.number().int(),
  /** Share of the patches of negative train slides that scored lower, 0–1; null where there are none. */
  quantile: z.number().nullable(),
  role: z.enum(roles),
});
/** What a round made of a patch. */
export type RoundOfPatch = z.infer<typeof roundOfPatch>;

const pairInfluence = z.object({
  /** The slide of the other side. */
  slide: z.string(),
  /** margin − positive + negative of the top-K means. */
  shortfall: z.number(),
  /** What of it lies above 0. */
  hinge: z.number(),
  /** ∂hinge / ∂(what the loss sees of this patch): ±1/K where the pair violates and the patch is among the top K, else 0. */
  gradient: z.number(),
  /** The hinge without this patch; null where the slide would be empty. */
  hingeWithout: z.number().nullable(),
});
export type PairInfluence = z.infer<typeof pairInfluence>;

const rankingInfluence = z.object({
  /** Instances of its slide that are compared: topK, clipped to the slide. */
  k: z.number().int(),
  /** Its place among them, 1 highest; null where it is not one of them. */
  place: z.number().int().nullable(),
  /** Pairs of its slide, largest shortfall first. */
  pairs: z.array(pairInfluence),
  violated: z.number().int(),
  /** Pairs of all train slides. */
  allPairs: z.number().int(),
  /** Mean hinge over all pairs, and the same without this patch. */
  loss: z.number(),
  lossWithout: z.number().nullable(),
  /** loss − lossWithout: above 0, the patch makes the loss larger. */
  change: z.number().nullable(),
  /** ∂loss / ∂logit of the patch. */
  gradient: z.number(),
  /** Of the ranking loss in the whole loss. */
  weight: z.number(),
  margin: z.number(),
  scoreSpace: z.enum(['logit', 'probability']),
  /** The patch that takes its place among the top K when it is removed. */
  next: square.extend({ logit: z.number() }).nullable(),
});
/** What a patch does to the ranking loss over all pairs of train slides. */
export type RankingInfluence = z.infer<typeof rankingInfluence>;

/** Why a part is missing, in one sentence. */
const missing = z.object({ missing: z.string() });

const neighbour = scored.extend({
  /** 1 − cosine of the features, 0–2. */
  distance: z.number(),
});
export type Neighbour = z.infer<typeof neighbour>;

const neighbours = z.object({
  /** Of the patches this round mined as positives. */
  positives: z.array(neighbour),
  /** Of all patches of negative train slides. */
  negatives: z.array(neighbour),
});
/** The patches of other train slides that look most alike to the aggregator, nearest first. */
export type Neighbours = z.infer<typeof neighbours>;

/** What a round says of a patch, but for what needs features. */
export const explanationSchema = z.object({
  run: z.string(),
  round: z.number().int(),
  patch: explainedPatch,
  /** Whether the round took it into its bank. */
  mined: z.boolean(),
  history: z.array(roundOfPatch),
  influence: z.union([rankingInfluence, missing]),
});
export type Explanation = z.infer<typeof explanationSchema>;

/** What `mil explain --json` prints. */
export const fullExplanationSchema = explanationSchema.extend({ neighbours: z.union([neighbours, missing]) });
export type FullExplanation = z.infer<typeof fullExplanationSchema>;

/** Neighbours, or how far the features they are looked up in have come. */
export type NeighboursAnswer = { readonly found: Neighbours } | { readonly done: number; readonly total: number };

/** Why a patch was mined and what it does. `run` is an absolute path; `row` is a train patch's row in the scores. */
export interface ExplainService {
  explainPatch(run: string, round: number, row: number): Promise<Explanation>;
  /**
   * The patch's neighbours. Where features must be computed first, the answer is how far that has come: ask again.
   */
  patchNeighbours(run: string, round: number, row: number): Promise<NeighboursAnswer>;
  /** Stops computing features; what is done is kept. */
  leaveNeighbours(): void;
}
