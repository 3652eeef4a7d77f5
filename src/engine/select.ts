import { availableParallelism } from 'node:os';
import { HardmineError, messageOf } from '../shared/errors.js';
import type { EngineOptions } from '../shared/experiment/index.js';
import type { Engine, EngineInfo, EngineKind } from './contract.js';

interface Candidate {
  readonly kind: EngineKind;
  open(threads: number, reason: string): Promise<Engine>;
}

const tensorflowOnGpu: Candidate = {
  kind: 'tensorflow',
  open: async (threads, reason) => (await import('./tensorflow/index.js')).createTensorflowEngine({ threads, reason, gpu: true, packages: ['@tensorflow/tfjs-node-gpu'] }),
};
const onnx: Candidate = { kind: 'onnx', open: async (threads, reason) => (await import('./onnx/index.js')).createOnnxEngine({ threads, reason }) };
const tensorflow: Candidate = { kind: 'tensorflow', open: async (threads, reason) => (await import('./tensorflow/index.js')).createTensorflowEngine({ threads, reason }) };
const wasm: Candidate = { kind: 'wasm', open: async (threads, reason) => (await import('./wasm/index.js')).createWasmEngine({ threads, reason }) };

const explicit: Record<EngineKind, Candidate> = { onnx, tensorflow, wasm };
/** From the fastest to the slowest, as measured (docs/engines.md). */
const bySpeed: readonly Candidate[] = [tensorflowOnGpu, onnx, tensorflow, wasm];

/**
 * Opens the engine that an experiment asks for; `auto` opens the fastest that loads. What
 * `info.reason` says is why it is this one.
 * @throws HardmineError engine-unavailable, with what to do, when it does not load.
 */
export async function openEngine({ kind, threads }: EngineOptions): Promise<Engine> {
  const count = threads || availableParallelism();
  if (kind !== 'auto') return open(explicit[kind], count, 'asked for');
  const passedOver: string[] = [];
  for (const candidate of bySpeed) {
    try {
      return await open(candidate, count, ['the fastest that loads here', ...passedOver].join('; '));
    } catch (error) {
      passedOver.push((error instanceof HardmineError ? error.what : messageOf(error)).replace(/\.$/, ''));
    }
  }
  throw new HardmineError('engine-unavailable', `No engine loads here: ${passedOver.join('; ')}.`, { remedy: 'Reinstall with `npm install`, then ask `mil doctor`.' });
}

/** An engine in one line, for the log and the screen: `onnx 1.30.0, cpu, 2 threads: …`. */
export function describeEngine({ kind, version, device, threads, reason }: EngineInfo): string {
  return `${kind} ${version}, ${device}, ${threads} ${threads === 1 ? 'thread' : 'threads'}${reason && `: ${reason}`}`;
}

async function open(candidate: Candidate, threads: number, reason: string): Promise<Engine> {
  try {
    return await candidate.open(threads, reason);
  } catch (cause) {
    if (cause instanceof HardmineError) throw cause;
    throw new HardmineError('engine-unavailable', `The ${candidate.kind} engine does not load: ${messageOf(cause).split('\n', 1)[0]}.`, { remedy: 'Ask `mil doctor` what is missing, or choose another engine.', cause });
  }
}
