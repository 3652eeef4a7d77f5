import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { tf } from '../../engine/tfjs.js';
import type { AggregatorOptions } from '../../shared/experiment/index.js';
import type { LabelKind } from '../losses/bag.js';
import { extrasOfAll, noExtras, type Aggregator, type Extras, type Parameters } from './contract.js';
import { dropOut, dropoutExtras } from './dropout.js';
import { drawGated, gatedNames, gatedScores, overInstances } from './gated-attention.js';
import { drawLinear, drawWeight, linear, project } from './linear.js';
import { meanBagLoss } from './own-loss.js';
import { atRanks, columns } from './ranks.js';

export interface AcmilSizes {
  readonly featureSize: number;
  readonly outputs: number;
  readonly hidden: number;
  readonly attention: number;
}

const gate = gatedNames('attention');
/** Far below every score, yet finite. */
const masked = -1e9;

/**
 * ACMIL (Zhang et al., ECCV 2024), with gated attention and the parameter names of its PyTorch
 * reference. Instances h = ReLU(W·x); T branches of attention, each with a classifier of its own on its embedding;
 * the slide's classifier sees the embedding of their mean attention. In training some of each branch's most attended
 * instances are masked (STKIM), every branch predicts the slide, and the cosine similarity of the branches' attentions
 * is a loss (MBA), so that they look at different instances.
 *
 * Instance logits are the slide's classifier applied to each h, so the bag logits are their attention-weighted mean.
 */
export function createAcmil(sizes: AcmilSizes, options: AggregatorOptions['acmil'], dropout: number, labels: LabelKind): Aggregator {
  const { featureSize, outputs, hidden, attention: attentionSize } = sizes;
  const branches = Array.from({ length: options.branches }, (_, branch) => `classifier.${branch}.fc`);
  return {
    kind: 'acmil',
    featureSize,
    outputs,
    trainingExtras: extrasOfAll([stochasticMasks(options), dropoutExtras(dropout, hidden)]),
    scoringExtras: noExtras,
    initialise: (random) => ({
      ...drawWeight(random, 'dimreduction.fc1', featureSize, [hidden, featureSize]),
      ...drawGated(random, gate, hidden, attentionSize, branches.length),
      ...Object.assign({}, ...branches.map((name) => drawLinear(random, name, hidden, outputs))),
      ...drawLinear(random, 'Slide_classifier.fc', hidden, outputs),
    }),
    forward(bag, parameters, extras, training) {
      const instances = dropOut(tf.relu(project(bag, parameters, 'dimreduction.fc1')), extras);
      const attentions = overInstances(withoutMasked(gatedScores(instances, parameters, gate), extras));
      const attention = tf.mean(attentions, 0, true) as Tensor2D;
      const embedding = tf.matMul(attention, instances) as Tensor2D;
      return {
        instanceLogits: linear(instances, parameters, 'Slide_classifier.fc'),
        bagLogits: tf.reshape(linear(embedding, parameters, 'Slide_classifier.fc'), [-1]) as Tensor1D,
        attention: tf.transpose(attention) as Tensor2D,
        bagEmbedding: tf.reshape(embedding, [-1]) as Tensor1D,
        ...(training ? { auxiliary: tf.add(branchLoss(attentions, instances, training.label), similarity(attentions)) } : {}),
      };

      function branchLoss(attentions: Tensor2D, instances: Tensor2D, label: Tensor1D): Tensor {
        const embeddings = tf.split(tf.matMul(attentions, instances), branches.length) as Tensor2D[];
        return meanBagLoss(tf.concat(embeddings.map((embedding, branch) => linear(embedding, parameters, branches[branch]!))), label, labels);
      }
    },
  };
}

/** Which of the K most attended instances are masked in each branch [T, K], 1 or 0: ⌊K·share⌋ of them, K clipped to the bag, so that one at least stays. */
function stochasticMasks({ branches, maskFrom, masked: share }: AggregatorOptions['acmil']): Extras {
  return {
    inputs: { masked: { shape: [branches, maskFrom] } },
    draw(instances, random) {
      const data = new Float32Array(branches * maskFrom);
      const ranks = [...Array(Math.min(maskFrom, instances)).keys()];
      for (let branch = 0; branch < branches; branch++) {
        for (const rank of random.shuffle(ranks).slice(0, Math.floor(ranks.length * share))) data[branch * maskFrom + rank] = 1;
      }
      return { masked: { data, shape: [branches, maskFrom] } };
    },
  };
}

/** Scores [N, T], far below all others where the branch's instance is masked. */
function withoutMasked(scores: Tensor2D, extras: Parameters): Tensor2D {
  const masks = extras['masked'] as Tensor2D | undefined;
  if (!masks) return scores;
  const [ofBranches, branches] = [columns(tf.transpose(masks)), columns(scores)];
  return tf.add(scores, tf.mul(tf.stack(branches.map((branch, i) => atRanks(branch, ofBranches[i]!)), 1), masked));
}

/** The mean cosine similarity of two branches' attentions, rows [T, N]; zero for one branch. */
function similarity(attentions: Tensor2D): Tensor {
  const branches = attentions.shape[0];
  if (branches === 1) return tf.scalar(0);
  const normed = tf.div(attentions, tf.sqrt(tf.sum(tf.square(attentions), 1, true))) as Tensor2D;
  const all = tf.sum(tf.matMul(normed, normed, false, true));
  return tf.div(tf.sub(all, branches), branches * (branches - 1));
}
