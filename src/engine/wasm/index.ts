import { availableParallelism } from 'node:os';
import { setThreadsCount, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { HardmineError, messageOf } from '../../shared/errors.js';
import type { Engine } from '../contract.js';
import { createEagerEngine } from '../eager.js';
import { tf } from '../tfjs.js';
import { addFilterGradient, replaceInputGradient } from './convolutions.js';
import { replaceMaxPoolGradient } from './pooling.js';
import { addSegmentSum, replaceProducts } from './products.js';
import { MAX_WASM_THREADS, withNodeWorkers } from './threads.js';

/**
 * The WebAssembly engine: tfjs-backend-wasm run eagerly, on several threads where the platform
 * allows it and else on one, which `info.reason` then says.
 * @throws HardmineError engine-unavailable when WebAssembly itself does not start.
 */
export async function createWasmEngine({ threads = availableParallelism(), reason = '' }: { readonly threads?: number; readonly reason?: string } = {}): Promise<Engine> {
  const wanted = Math.min(threads, MAX_WASM_THREADS);
  addFilterGradient();
  addSegmentSum();
  replaceInputGradient();
  replaceMaxPoolGradient();
  replaceProducts();
  const started = await start(wanted);
  const engine = createEagerEngine({ kind: 'wasm', version: version_wasm, threads: started.threads, device: 'cpu', reason: [reason, started.note].filter(Boolean).join('; ') });
  return { ...engine, dispose: removeBackend };
}

/** Starts the backend, on one thread where several fail. */
async function start(threads: number): Promise<{ threads: number; note?: string }> {
  if (threads === 1) return startSingle();
  const listeners = processListeners();
  try {
    await withNodeWorkers(() => startBackend(threads));
    return { threads };
  } catch (error) {
    removeBackend();
    return startSingle(`one thread, because WebAssembly threads do not start here: ${messageOf(error)}`);
  } finally {
    dropListenersBut(listeners);
  }
}

async function startSingle(note?: string): Promise<{ threads: number; note?: string }> {
  const listeners = processListeners();
  try {
    await startBackend(1);
    return { threads: 1, note };
  } catch (cause) {
    throw new HardmineError('engine-unavailable', `The wasm engine does not start: ${messageOf(cause)}.`, { remedy: 'Reinstall with `npm install`: the .wasm files of @tensorflow/tfjs-backend-wasm must lie beside its code.', cause });
  } finally {
    dropListenersBut(listeners);
  }
}

async function startBackend(threads: number): Promise<void> {
  setThreadsCount(threads);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
  if (!(await tf.setBackend('wasm'))) throw new Error('the backend did not initialise');
}

/** Ends the backend and its threads; another can start in its place. */
function removeBackend(): void {
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
}

const events = ['uncaughtException', 'unhandledRejection'] as const;
type Listener = (...values: unknown[]) => void;

function processListeners(): Set<unknown> {
  return new Set(events.flatMap((event) => process.listeners(event as 'exit') as unknown[]));
}

/** The compiled module rethrows every stray error of the process it is loaded into: that is the host's to decide. */
function dropListenersBut(kept: Set<unknown>): void {
  for (const event of events) {
    for (const listener of process.listeners(event as 'exit') as Listener[]) if (!kept.has(listener)) process.removeListener(event, listener);
  }
}
