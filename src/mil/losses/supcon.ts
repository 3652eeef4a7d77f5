import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { detach } from '../../engine/ops.js';
import { tf } from '../../engine/tfjs.js';

export interface SupConOptions {
  readonly temperature: number;
  /** `negative` and `positive`: only patches of that pseudo-label are anchors; `all`: every patch. */
  readonly pairs: 'all' | 'positive' | 'negative';
  /** Patches of positive slides with a negative pseudo-label may be anchors but nobody's partner or contrast. */
  readonly maskUncertainNegatives: boolean;
}

export interface SupConLabels {
  /** Pseudo-labels [B], float32, 0 or 1. */
  readonly instance: Tensor1D;
  /** Labels of the patches' slides [B], float32, 0 or 1. */
  readonly bag: Tensor1D;
}

/** The temperature at which the reference's loss has scale one. */
const baseTemperature = 0.07;
/** Far below every similarity, yet finite, so that masked entries never make 0·∞. */
const masked = -1e9;

/**
 * Supervised contrastive loss (paper §3, Khosla et al. 2020) of two views of B patches; scalar.
 *
 * For an anchor i with partners P(i), the patches that share its label, and contrasts A(i), all but
 * itself: −(T / 0.07) · mean over P(i) of log(exp(zᵢ·zₚ/T) / Σ_A exp(zᵢ·zₐ/T)). The mean runs over
 * all 2B rows, as in the reference: rows that are no anchors or have no partner count as zero.
 *
 * @param projections [2B, d], rows of length one: the first view of every patch, then the second.
 */
export function supconLoss(projections: Tensor2D, labels: SupConLabels, options: SupConOptions): Tensor {
  const rows = projections.shape[0];
  const label = twice(labels.instance);
  const negative = tf.sub(1, label) as Tensor2D;
  const others = tf.sub(1, tf.eye(rows));
  const kept = options.maskUncertainNegatives ? tf.mul(others, tf.sub(1, tf.mul(twice(labels.bag), negative))) : others;

  const alike = { all: () => tf.add(outer(label), outer(negative)), positive: () => outer(label), negative: () => outer(negative) }[options.pairs]();
  const partners = tf.mul(alike, kept) as Tensor2D;
  const count = tf.sum(partners, 1, true);
  const weights = tf.div(partners, tf.maximum(count, 1));

  const similarity = tf.div(tf.matMul(projections, projections, false, true), options.temperature);
  const contrast = logSumExpRows(tf.add(similarity, tf.mul(tf.sub(1, kept), masked)) as Tensor2D);
  const perAnchor = tf.sub(tf.mul(tf.minimum(count, 1), contrast), tf.sum(tf.mul(weights, similarity), 1, true));
  return tf.mul(tf.mean(perAnchor), options.temperature / baseTemperature);
}

/**
 * NT-Xent (SimCLR, Chen et al. 2020) of two views of B patches; scalar. The partner of a view is
 * the other view of its patch, its contrasts are all other rows.
 *
 * @param projections [2B, d], rows of length one: the first view of every patch, then the second.
 */
export function ntXentLoss(projections: Tensor2D, temperature: number): Tensor {
  const rows = projections.shape[0];
  const similarity = tf.div(tf.matMul(projections, projections, false, true), temperature);
  const contrast = logSumExpRows(tf.add(similarity, tf.mul(tf.eye(rows), masked)) as Tensor2D);
  const [first, second] = tf.split(projections, 2) as [Tensor2D, Tensor2D];
  // Each pair is the partnership of two anchors.
  const partnered = tf.mul(tf.sum(tf.mul(first, second)), 2 / temperature);
  return tf.div(tf.sub(tf.sum(contrast), partnered), rows);
}

/** log Σⱼ exp(xᵢⱼ) [N, 1] of x [N, M], with the row maximum taken out so that no exponential overflows. */
function logSumExpRows(x: Tensor2D): Tensor {
  const maximum = tf.max(detach(x), 1, true);
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(x, maximum)), 1, true)), maximum);
}

/** A column of labels [B] as a row for both views [1, 2B]. */
function twice(labels: Tensor1D): Tensor2D {
  return tf.reshape(tf.concat([labels, labels]), [1, -1]);
}

/** vᵢ·vⱼ [N, N] of a row v [1, N]. */
function outer(row: Tensor2D): Tensor2D {
  return tf.matMul(row, row, true, false);
}
