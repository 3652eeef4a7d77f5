import type { Scorer } from '../mil/trainer.js';
import type { Bag } from './bag.js';
import type { FeatureBank } from './feature-bank.js';

/** What the aggregator says of one bag of N instances; C its outputs. */
export interface BagScores {
  readonly bag: Bag;
  /** The highest of the bag logits: that the slide is positive. */
  readonly bagLogit: number;
  /** sigmoid(bagLogit): the slide's prediction. */
  readonly probability: number;
  /** The highest logit of each instance, N. */
  readonly logits: Float32Array;
  /** sigmoid of the logits, N. */
  readonly scores: Float32Array;
  /** Attention, N, sums to one; of the class with the highest bag logit where each has its own. */
  readonly attention: Float32Array;
  /** Of each class, where there are several. */
  readonly classes?: {
    /** [C] */
    readonly bagLogits: Float32Array;
    /** [N, C], row by row. */
    readonly instanceLogits: Float32Array;
  };
}

/** Scores bags one by one; only scores are kept, never features. `between` is awaited after each bag. */
export async function scoreBags(
  bags: readonly Bag[],
  trainer: Pick<Scorer, 'forward'>,
  features: FeatureBank,
  between?: (done: number) => Promise<void>,
): Promise<BagScores[]> {
  const result: BagScores[] = [];
  for (const bag of bags) {
    const { instanceLogits, bagLogits, attention } = await trainer.forward(await features.bag(bag.id));
    const outputs = bagLogits.length;
    const top = bagLogits.indexOf(Math.max(...bagLogits));
    const bagLogit = bagLogits[Math.max(top, 0)]!;
    const logits = outputs === 1 ? instanceLogits : highestOfEach(instanceLogits, outputs);
    const attentions = attention.length / logits.length;
    result.push({
      bag,
      bagLogit,
      probability: sigmoid(bagLogit),
      logits,
      scores: logits.map(sigmoid),
      attention: attentions === 1 ? attention : column(attention, Math.max(top, 0), attentions),
      ...(outputs === 1 ? {} : { classes: { bagLogits, instanceLogits } }),
    });
    await between?.(result.length);
  }
  return result;
}

/** What is said of one class. */
export function ofOutput({ bagLogit, probability, logits, classes }: BagScores, output: number): Pick<BagScores, 'bagLogit' | 'probability' | 'logits'> {
  if (!classes) return { bagLogit, probability, logits };
  const own = classes.bagLogits[output]!;
  return { bagLogit: own, probability: sigmoid(own), logits: column(classes.instanceLogits, output, classes.bagLogits.length) };
}

/** A column of a matrix, row by row. */
function column(matrix: Float32Array, index: number, columns: number): Float32Array {
  return Float32Array.from({ length: matrix.length / columns }, (_, row) => matrix[row * columns + index]!);
}

function highestOfEach(matrix: Float32Array, columns: number): Float32Array {
  return Float32Array.from({ length: matrix.length / columns }, (_, row) => Math.max(...matrix.subarray(row * columns, (row + 1) * columns)));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Rank of each score within its slide, 1 highest; equal scores in instance order. */
export function ranks(scores: Float32Array): Int32Array {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const rank = new Int32Array(scores.length);
  order.forEach((instance, i) => (rank[instance] = i + 1));
  return rank;
}
