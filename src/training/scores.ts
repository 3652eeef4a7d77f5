import type { Scorer } from '../mil/trainer.js';
import type { Bag } from './bag.js';
import type { FeatureBank } from './feature-bank.js';

/** What the aggregator says of one bag. */
export interface BagScores {
  readonly bag: Bag;
  readonly bagLogit: number;
  /** sigmoid(bagLogit): the slide's prediction. */
  readonly probability: number;
  /** Instance logits, N. */
  readonly logits: Float32Array;
  /** sigmoid of the logits, N. */
  readonly scores: Float32Array;
  /** Attention, N, sums to one. */
  readonly attention: Float32Array;
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
    const bagLogit = bagLogits[0]!;
    result.push({ bag, bagLogit, probability: sigmoid(bagLogit), logits: instanceLogits, scores: instanceLogits.map(sigmoid), attention });
    await between?.(result.length);
  }
  return result;
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
