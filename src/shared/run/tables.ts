/** What a patch is to the round that scored it. */
export const roles = ['none', 'positive', 'hard-negative'] as const;
export type Role = (typeof roles)[number];

/**
 * Columns of `rounds/NN/scores.parquet`, one row a patch of any split. x, y and size are
 * level-0 pixels, so no heatmap ever has to guess where a patch lies.
 */
export const scoreColumns = {
  slide: 'STRING',
  split: 'STRING',
  /** Slide label: 0 or 1. */
  label: 'INT32',
  x: 'DOUBLE',
  y: 'DOUBLE',
  size: 'DOUBLE',
  /** sigmoid(logit). */
  score: 'FLOAT',
  /** Instance logit. */
  logit: 'FLOAT',
  /** Attention within the slide; sums to one. */
  attention: 'FLOAT',
  /** 1 is the highest score of the slide. */
  rank: 'INT32',
  role: 'STRING',
  /** Instance truth: 1, 0, or -1 where none is given. */
  truth: 'INT32',
} as const;

/** Columns of `rounds/NN/bank.parquet`, one row a mined patch. */
export const bankColumns = {
  slide: 'STRING',
  x: 'DOUBLE',
  y: 'DOUBLE',
  size: 'DOUBLE',
  score: 'FLOAT',
  /** Rank within the slide, 1 highest. */
  rank: 'INT32',
  role: 'STRING',
  /** Against the round before: new or kept. */
  change: 'STRING',
  truth: 'INT32',
} as const;
