import type { HostTensor } from '../engine/contract.js';
import type { VerdictColumn } from '../mining/index.js';
import { verdicts } from '../shared/judgements/verdicts.js';
import type { Random } from '../shared/random.js';
import type { Bag } from './bag.js';
import type { FeatureBank } from './feature-bank.js';

/** Confirmed negatives a step ranks at most; of more, so many are drawn anew for each. */
const mostPerStep = 64;

/** Features of the patches people confirmed to be negative, M × D; undefined where there are none. @param train bags, whose patches the verdicts count in this order. */
export async function confirmedFeatures(verdictOf: VerdictColumn, train: readonly Bag[], features: FeatureBank): Promise<HostTensor | undefined> {
  const confirmed = verdicts.indexOf('confirmed-negative');
  const rows: Float32Array[] = [];
  let start = 0;
  for (const { id, count } of train) {
    const own = verdictOf?.subarray(start, (start += count)) ?? new Uint8Array(0);
    if (!own.includes(confirmed)) continue;
    const { data, shape } = await features.bag(id);
    const size = shape[1]!;
    own.forEach((verdict, row) => verdict === confirmed && rows.push(Float32Array.from(data.subarray(row * size, (row + 1) * size))));
  }
  if (rows.length === 0) return undefined;
  const size = rows[0]!.length;
  const data = new Float32Array(rows.length * size);
  rows.forEach((row, at) => data.set(row, at * size));
  return { data, shape: [rows.length, size] };
}

/** The confirmed negatives of one step. */
export function drawConfirmed({ data, shape }: HostTensor, random: Random): HostTensor {
  const [count, size] = [shape[0]!, shape[1]!];
  if (count <= mostPerStep) return { data, shape };
  const chosen = random.shuffle([...Array(count).keys()]).slice(0, mostPerStep);
  return { data: Float32Array.from(chosen.flatMap((row) => [...data.subarray(row * size, (row + 1) * size)])), shape: [mostPerStep, size] };
}
