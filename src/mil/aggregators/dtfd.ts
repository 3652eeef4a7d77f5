import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import type { AggregatorOptions } from '../../shared/experiment/index.js';
import type { LabelKind } from '../losses/bag.js';
import { extrasOfAll, type Aggregator, type Parameters } from './contract.js';
import { dropOut, dropoutExtras } from './dropout.js';
import { drawGated, gatedNames, gatedScores, overInstances } from './gated-attention.js';
import { drawLinear, drawWeight, linear, project } from './linear.js';
import { meanBagLoss } from './own-loss.js';
import { dealtPseudoBags, randomPseudoBags } from './pseudo-bags.js';
import { atRanks, columns } from './ranks.js';

export interface DtfdSizes {
  readonly featureSize: number;
  readonly outputs: number;
  readonly hidden: number;
  readonly attention: number;
}

const [first, second] = [gatedNames('attention'), gatedNames('attCls.attention')];
/** Far below every score, yet finite, so that masked entries never make 0·∞. */
const masked = -1e9;

/**
 * DTFD-MIL (Zhang et al., CVPR 2022) with the parameter names of its PyTorch reference, whose four
 * modules are `dimReduction`, `attention`, `classifier` (tier 1) and `attCls` (tier 2). The
 * instances h = ReLU(W·x) are dealt to M pseudo-bags; tier 1 is a gated ABMIL on each, trained with the
 * label of the slide; it distils one feature from each pseudo-bag, on which tier 2, a second
 * gated ABMIL, predicts the slide. Distilled is the pseudo-bag's embedding (`afs`), or
 * the instance with the highest class activation aᵢ·(w·hᵢ) (`max`; the grad-CAM of ABMIL).
 *
 * Instance logits are tier 1's classifier applied to each h: its class activation without the factor aᵢ, which
 * depends on what else is in the pseudo-bag and cannot be compared between slides.
 */
export function createDtfd(sizes: DtfdSizes, options: AggregatorOptions['dtfd'], dropout: number, labels: LabelKind): Aggregator {
  const { featureSize, outputs, hidden, attention: attentionSize } = sizes;
  const distil = options.distillation === 'afs' ? embeddings : highestInstances;
  return {
    kind: 'dtfd',
    featureSize,
    outputs,
    trainingExtras: extrasOfAll([randomPseudoBags(options.pseudoBags), dropoutExtras(dropout, hidden)]),
    scoringExtras: dealtPseudoBags(options.pseudoBags),
    initialise: (random) => ({
      ...drawWeight(random, 'dimReduction.fc1', featureSize, [hidden, featureSize]),
      ...drawGated(random, first, hidden, attentionSize),
      ...drawLinear(random, 'classifier.fc', hidden, outputs),
      ...drawGated(random, second, hidden, attentionSize),
      ...drawLinear(random, 'attCls.classifier.fc', hidden, outputs),
    }),
    forward(bag, parameters, extras, training) {
      const instances = dropOut(tf.relu(project(bag, parameters, 'dimReduction.fc1')), extras);
      const outside = tf.mul(tf.sub(1, extras['pseudo-bags']!), masked) as Tensor2D;
      const within = tf.softmax(tf.add(tf.transpose(gatedScores(instances, parameters, first)), outside)) as Tensor2D;
      const pooled = tf.matMul(within, instances) as Tensor2D;
      const { features, shares } = distil({ instances, within, pooled, outside }, parameters);
      const between = overInstances(gatedScores(features, parameters, second));
      const embedding = tf.matMul(between, features) as Tensor2D;
      return {
        instanceLogits: linear(instances, parameters, 'classifier.fc'),
        bagLogits: tf.reshape(linear(embedding, parameters, 'attCls.classifier.fc'), [-1]) as Tensor1D,
        attention: tf.matMul(shares, between, true, true),
        bagEmbedding: tf.reshape(embedding, [-1]) as Tensor1D,
        ...(training ? { auxiliary: meanBagLoss(linear(pooled, parameters, 'classifier.fc'), training.label, labels) } : {}),
      };
    },
  };
}

/** Tier 1 of M pseudo-bags. */
interface FirstTier {
  /** [N, hidden] */
  readonly instances: Tensor2D;
  /** Attention in each pseudo-bag [M, N]. */
  readonly within: Tensor2D;
  /** [M, hidden] */
  readonly pooled: Tensor2D;
  /** 0 in a pseudo-bag, far below every score outside it [M, N]. */
  readonly outside: Tensor2D;
}

/** A feature of each pseudo-bag [M, hidden], and the share of each instance in it [M, N]. */
interface Distilled {
  readonly features: Tensor2D;
  readonly shares: Tensor2D;
}

/** Aggregated features (AFS): all that tier 1 found. */
function embeddings({ pooled, within }: FirstTier): Distilled {
  return { features: pooled, shares: within };
}

/** Maximum selection (MaxS): the instance whose activation of any class is highest. */
function highestInstances({ instances, within, outside }: FirstTier, parameters: Parameters): Distilled {
  const activation = tf.max(project(instances, parameters, 'classifier.fc'), 1);
  const rows = columns(tf.transpose(tf.add(tf.mul(within, activation), outside)));
  const shares = tf.stack(rows.map((row) => atRanks(row, tf.ones([1])))) as Tensor2D;
  return { features: tf.matMul(shares, instances), shares };
}
