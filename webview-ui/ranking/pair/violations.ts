import type { RankedPair } from '../../../src/shared/rpc/rankings.js';
import type { Side } from './followed.js';

/** With how many patches of the other side each patch of a side violates the margin. */
export function violationsOf({ positive, negative, shortfalls }: RankedPair, side: Side): Int32Array {
  const columns = negative.indices.length;
  const counts = new Int32Array(side === 'positive' ? positive.indices.length : columns);
  shortfalls.forEach((shortfall, at) => {
    if (shortfall > 0) counts[side === 'positive' ? Math.floor(at / columns) : at % columns]!++;
  });
  return counts;
}
