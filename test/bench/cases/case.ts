import type { Engine } from '../../../src/engine/contract.js';
import type { Contestant } from '../contest.js';
import type { TorchProcess } from '../torch/process.js';

/** What a case is prepared with. */
export interface BenchSetting {
  readonly engine: Engine;
  readonly torch: TorchProcess | undefined;
  /** Where weights and inputs lie, for PyTorch to read the same. */
  readonly folder: string;
}

/** Something to measure. */
export interface BenchCase {
  readonly name: string;
  readonly title: string;
  /** What our time over the best of the peer's is to reach. */
  readonly target: number;
  /** Of patches or slides a step works on, to speak of throughput; absent for training steps. */
  readonly patches?: number;
  /** Why it cannot run here. */
  readonly missing?: string;
  readonly rounds: number;
  readonly stepsPerTurn: number;
  prepare(setting: BenchSetting): Promise<Contestant[]>;
}

/** The layouts of PyTorch's memory, each a contestant. */
export const layouts = [
  { layout: 'NCHW', channelsLast: false },
  { layout: 'channels-last', channelsLast: true },
] as const;

/** The device of PyTorch that stands against ours. */
export function torchDevice({ engine, torch }: BenchSetting): string {
  return engine.info.device !== 'cpu' && torch?.cuda ? 'cuda' : 'cpu';
}

/** Times one call. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

