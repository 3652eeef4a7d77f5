import { kMeans, nearestCentres, selectHardNegatives, type ScoredPatches } from '../mining/index.js';
import type { MiningOptions } from '../shared/experiment/index.js';
import type { Random } from '../shared/random.js';
import type { Bag } from './bag.js';
import type { FeatureBank } from './feature-bank.js';

/** Patches the centres are found from at most; the others are only dealt to them. */
const mostFitted = 10_000;

/**
 * Deals the highest-scored patches of negative slides to clusters of what they look like: k-means
 * on their features, brought to length one. −1 for all other patches.
 *
 * @param patches of the bags, flat, in their order. @param features as the aggregator is given them.
 */
export async function clusterHardest(patches: ScoredPatches, bags: readonly Bag[], features: FeatureBank, options: MiningOptions, random: Random): Promise<Int32Array> {
  const { clusters, pool } = options.diversity;
  const hardNegativeRatio = Math.min(1 - options.leaveOutHardest, options.hardNegativeRatio * pool);
  const hardest = selectHardNegatives(patches, { hardNegativeRatio, leaveOutHardest: options.leaveOutHardest, perSlideCap: 1 }, undefined).patches;
  const clusterOf = new Int32Array(patches.scores.length).fill(-1);
  if (hardest.length === 0) return clusterOf;
  const fitted: Float32Array[] = [];
  let width = 1;
  const sample = hardest.length <= mostFitted ? hardest : Int32Array.from(random.fork('sample').shuffle([...hardest]).slice(0, mostFitted)).sort();
  for await (const { rows, size } of directionsOf(sample, patches, bags, features)) {
    fitted.push(rows);
    width = size;
  }
  const centres = kMeans(joined(fitted), width, clusters, random.fork('centres'));
  for await (const { own, rows } of directionsOf(hardest, patches, bags, features)) nearestCentres(rows, width, centres).forEach((cluster, i) => (clusterOf[own[i]!] = cluster));
  return clusterOf;
}

/** The features of chosen patches at length one, bag by bag; a feature of zeros stays zeros. @param chosen ascending. */
async function* directionsOf(chosen: Int32Array, { slideOf }: ScoredPatches, bags: readonly Bag[], features: FeatureBank): AsyncGenerator<{ own: Int32Array; rows: Float32Array; size: number }> {
  let start = 0;
  for (const [slide, { id, count }] of bags.entries()) {
    const own = chosen.filter((patch) => slideOf[patch] === slide);
    if (own.length > 0) {
      const { data, shape } = await features.bag(id);
      const size = shape[1]!;
      const rows = new Float32Array(own.length * size);
      own.forEach((patch, i) => {
        const row = data.subarray((patch - start) * size, (patch - start + 1) * size);
        const length = Math.hypot(...row) || 1;
        for (let at = 0; at < size; at++) rows[i * size + at] = row[at]! / length;
      });
      yield { own, rows, size };
    }
    start += count;
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
