import { cpus, loadavg } from 'node:os';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { HardmineError, messageOf } from '../../shared/errors.js';

/** The package, loaded when first needed: where it has no binary, importing it throws. */
export type OnnxRuntime = typeof import('onnxruntime-node');

/** @throws HardmineError `engine-unavailable` where onnxruntime-node is missing or has no binary for this machine. */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    throw new HardmineError('engine-unavailable', `onnxruntime-node does not load on ${process.platform}-${process.arch}: ${messageOf(error)}.`, { remedy: 'Use the wasm engine, or install the package again.', cause: error });
  }
}

export interface SessionSettings {
  /** Fixed: another count may round differently. */
  readonly threads: number;
  /** An execution provider of onnxruntime; cpu stands in for what it lacks. */
  readonly device: string;
}

/**
 * Whether other work leaves less than `threads` cores idle. Waiting threads that spin make a step a
 * tenth faster on cores of their own, and starve the very work they wait for on shared ones.
 */
function coresAreShared(threads: number): boolean {
  const [busyOverTheLastMinute] = loadavg();
  return busyOverTheLastMinute! > cpus().length - threads / 2;
}

/** One thread pool, one order of operations: the same inputs give the same bits. */
export function sessionOptions({ threads, device }: SessionSettings): InferenceSession.SessionOptions {
  return {
    executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // A plan of the memory, made after the first run, would lie beside all that the first run took: twice the memory, no faster.
    enableMemPattern: false,
    // Warnings are about the shapes of our graphs and concern nobody.
    logSeverityLevel: 3,
    extra: {
      session: {
        // Moments decay towards zero and would pass through denormal numbers, which are slow.
        set_denormal_as_zero: '1',
        intra_op: { allow_spinning: coresAreShared(threads) ? '0' : '1' },
      },
    },
  };
}

export type Tensors = Record<string, Tensor>;

/** Runs, with outputs written into the tensors given for them; null lets the runtime allocate. */
export async function runSession(session: InferenceSession, feeds: Tensors, fetches: Record<string, Tensor | null>): Promise<Tensors> {
  return (await session.run(feeds, fetches)) as Tensors;
}
