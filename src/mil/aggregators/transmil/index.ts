import type { Tensor1D, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { ParameterValues } from '../../../engine/contract.js';
import { tf } from '../../../engine/tfjs.js';
import type { Random } from '../../../shared/random.js';
import { extrasOfAll, noExtras, type Aggregator, type Extras, type Parameters } from '../contract.js';
import { drawLinear, linear } from '../linear.js';
import { layerNorm, unitNorm } from './layer-norm.js';
import { drawNystrom, heads, nystromAttention, type Attended } from './nystrom.js';
import { drawPyramid, positionEncoding } from './pyramid.js';
import { sequenceExtras, sequenceSizes } from './sequence.js';

export interface TransmilSizes {
  readonly featureSize: number;
  readonly outputs: number;
  readonly hidden: number;
}

/** Below every attention that counts, so that no sum is zero. */
const tiny = 1e-12;

/**
 * TransMIL (Shao et al., NeurIPS 2021) with the parameter names of its PyTorch reference: instances
 * ReLU(W·x + b) as a square of tokens, a class token, Nyström attention, PPEG, Nyström attention; the slide logits are
 * linear in the normed class token. The order of the instances is their place in the square, so it matters.
 *
 * It has no instance classifier and no attention that pools. Instance logits are the slide
 * classifier applied to each instance's own token after the last layer, as if it were the class
 * token. The attention is what the class token takes from each instance in the last layer, mean over heads, nothing where it
 * is negative, scaled to sum to one.
 *
 * @throws Error where `hidden` is no multiple of the eight heads.
 */
export function createTransmil({ featureSize, outputs, hidden }: TransmilSizes, dropout: number): Aggregator {
  if (hidden % heads) throw new Error(`TransMIL has ${heads} heads: a hidden size of ${hidden} is no multiple of that`);
  const landmarks = hidden / 2;
  const positions = sequenceExtras(landmarks);
  return {
    kind: 'transmil',
    featureSize,
    outputs,
    trainingExtras: extrasOfAll([positions, layerDropout(dropout, landmarks, hidden)]),
    scoringExtras: positions,
    initialise: (random) => ({
      ...drawLinear(random, '_fc1.0', featureSize, hidden),
      cls_token: { shape: [1, 1, hidden], data: Float32Array.from({ length: hidden }, () => random.normal()) },
      ...drawLayer(random, 'layer1', hidden),
      ...drawPyramid(random, hidden),
      ...drawLayer(random, 'layer2', hidden),
      ...unitNorm('norm', hidden),
      ...drawLinear(random, '_fc2', hidden, outputs),
    }),
    forward(bag, parameters, extras) {
      const { instances, cells, grid, first, classAt } = extras;
      const [filled, ofClass] = [column(extras['filled']!), column(extras['class']!)];
      const classToken = tf.reshape(parameters['cls_token']!, [1, hidden]);
      const embedded = tf.relu(linear(bag, parameters, '_fc1.0'));
      const tokens = tf.add(tf.mul(gathered(embedded, instances!), filled), tf.mul(ofClass, classToken)) as Tensor2D;
      const attended = layer(tokens, 'layer1').tokens;

      const side = grid!.shape[0]!;
      const square = tf.reshape(gathered(attended, grid!), [side, side, hidden]) as Tensor3D;
      const encoded = tf.reshape(positionEncoding(square, parameters), [side * side, hidden]) as Tensor2D;
      const placed = tf.add(tf.mul(gathered(encoded, cells!), filled), tf.mul(attended, ofClass)) as Tensor2D;

      const last = layer(placed, 'layer2');
      const embedding = layerNorm(tf.gather(last.tokens, classAt as Tensor1D), parameters, 'norm');
      const taken = tf.add(tf.relu(tf.gather(last.attention.ofClass(classAt as Tensor1D), first as Tensor1D)), tiny);
      return {
        instanceLogits: linear(layerNorm(tf.gather(last.tokens, first as Tensor1D), parameters, 'norm'), parameters, '_fc2'),
        bagLogits: tf.reshape(linear(embedding, parameters, '_fc2'), [-1]) as Tensor1D,
        attention: tf.expandDims(tf.div(taken, tf.sum(taken)), 1) as Tensor2D,
        bagEmbedding: tf.reshape(embedding, [-1]) as Tensor1D,
      };

      /** x + attention(norm(x)); what a position without token holds is nobody's. */
      function layer(x: Tensor2D, name: string): { readonly tokens: Tensor2D; readonly attention: Attended } {
        const held = tf.mul(layerNorm(x, parameters, `${name}.norm`), tf.add(filled, ofClass)) as Tensor2D;
        const attention = nystromAttention(held, parameters, `${name}.attn`, landmarks);
        return { tokens: tf.add(x, dropOut(attention.output, extras, name)), attention };
      }
    },
  };
}

function drawLayer(random: Random, name: string, hidden: number): ParameterValues {
  return { ...unitNorm(`${name}.norm`, hidden), ...drawNystrom(random, `${name}.attn`, hidden) };
}

/** A number for each position [landmarks, group], as a column [P, 1]. */
function column(ofPositions: Parameters[string]): Tensor2D {
  return tf.reshape(ofPositions, [-1, 1]);
}

/** The rows of x at all the indices, one after another. */
function gathered(x: Tensor2D, indices: Parameters[string]): Tensor2D {
  return tf.gather(x, tf.reshape(indices, [-1]) as Tensor1D);
}

const layers = ['layer1', 'layer2'];

/** Inverted-dropout masks on what each layer adds [landmarks, group, hidden]. */
function layerDropout(rate: number, landmarks: number, hidden: number): Extras {
  if (rate === 0) return noExtras;
  return {
    inputs: Object.fromEntries(layers.map((name) => [`dropout/${name}`, { shape: [landmarks, 'group', hidden] }])),
    draw(instances, random) {
      const shape = [landmarks, sequenceSizes(instances, landmarks).group, hidden];
      const mask = () => Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => (random.uniform() < rate ? 0 : 1 / (1 - rate)));
      return Object.fromEntries(layers.map((name) => [`dropout/${name}`, { data: mask(), shape }]));
    },
  };
}

function dropOut(x: Tensor2D, extras: Parameters, name: string): Tensor2D {
  const mask = extras[`dropout/${name}`];
  return mask ? (tf.mul(x, tf.reshape(mask, [-1, x.shape[1]])) as Tensor2D) : x;
}
