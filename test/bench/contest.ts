/** One who takes part: a step returns what it took and a number that all of a case must agree on. */
export interface Contestant {
  readonly name: string;
  /** Ours, or a peer's in one of its settings. */
  readonly side: 'hardmine' | 'torch' | 'openslide';
  step(): Promise<{ readonly ms: number; readonly value: number }>;
  /** Frees what it holds, before the next case. */
  close(): Promise<void> | void;
}

export interface Standing {
  readonly name: string;
  readonly side: Contestant['side'];
  /** Milliseconds a step. */
  readonly median: number;
  readonly fastest: number;
  /** Of the first step: a loss, or the mean of features. */
  readonly value: number;
}

/**
 * Lets the contestants take turns, `stepsPerTurn` steps each, for as many rounds: what else the
 * machine does meets them all alike. A first turn of each warms up and does not count.
 */
export async function contest(contestants: readonly Contestant[], { rounds, stepsPerTurn }: { readonly rounds: number; readonly stepsPerTurn: number }): Promise<Standing[]> {
  const times = contestants.map((): number[] => []);
  const values: number[] = [];
  for (const contestant of contestants) values.push((await contestant.step()).value);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contestant] of contestants.entries()) {
      for (let step = 0; step < stepsPerTurn; step++) times[i]!.push((await contestant.step()).ms);
    }
  }
  for (const contestant of contestants) await contestant.close();
  return contestants.map(({ name, side }, i) => ({ name, side, median: median(times[i]!), fastest: Math.min(...times[i]!), value: values[i]! }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
