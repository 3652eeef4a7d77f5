import { availableParallelism } from 'node:os';
import { HardmineError } from '../../shared/errors.js';
import type { Engine } from '../contract.js';
import { createEagerEngine } from '../eager.js';
import { tf } from '../tfjs.js';
import { addFilterGradient, replaceInputGradient } from './convolutions.js';
import { replaceMaxPoolGradient } from './pooling.js';
import { addSegmentSum, replaceProducts } from './products.js';
import { withoutErrorListeners } from './stray-errors.js';
import { MAX_WASM_THREADS, withNodeWorkers } from './threads.js';

export interface WasmEngineOptions {
  /** By default as many as there are cores; never more than eight. */
  readonly threads?: number;
  /** Why this engine was chosen, for the log. */
  readonly reason?: string;
}

/**
 * The WebAssembly engine: tfjs-backend-wasm run eagerly, on several threads where they start and
 * else on one, which `info.reason` then says.
 * @throws HardmineError engine-unavailable when it does not start at all.
 */
export async function createWasmEngine({ threads = availableParallelism(), reason = '' }: WasmEngineOptions = {}): Promise<Engine> {
  // Beside a bundle the package loads a second tfjs-core, which says so unless in production mode.
  tf.enableProdMode();
  const { setThreadsCount, version_wasm } = await import('@tensorflow/tfjs-backend-wasm');
  addFilterGradient();
  addSegmentSum();
  replaceInputGradient();
  replaceMaxPoolGradient();
  replaceProducts();
  const wanted = Math.min(threads, MAX_WASM_THREADS);
  const start = async (count: number) => {
    resetBackend();
    setThreadsCount(count);
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', count > 1);
    return tf.setBackend('wasm');
  };
  const running = await withoutErrorListeners(async () => {
    if (wanted > 1 && (await withNodeWorkers(() => start(wanted)))) return wanted;
    return (await start(1)) ? 1 : 0;
  });
  if (running === 0) throw new HardmineError('engine-unavailable', 'tfjs-backend-wasm does not start.', { remedy: 'Run `npm install` again: its .wasm files must lie beside its code.' });
  const reasons = [reason, running < wanted ? 'on one thread, because WebAssembly threads do not start here' : ''];
  return { ...createEagerEngine({ kind: 'wasm', version: version_wasm, threads: running, device: 'cpu', reason: reasons.filter(Boolean).join('; ') }), dispose: resetBackend };
}

/** Ends the backend and its threads; another can start in its place. */
function resetBackend(): void {
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
}
