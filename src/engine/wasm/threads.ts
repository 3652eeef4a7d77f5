import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Worker, type Transferable } from 'node:worker_threads';

/** The package starts a pool of eight workers whatever is asked of it. */
export const MAX_WASM_THREADS = 8;

/**
 * Runs `load` with a `Worker` that the threaded build of tfjs-backend-wasm can use in Node.
 * The package hands its workers a blob URL, which Node cannot start a worker from, and a blob
 * of its own transpiled source, which refers to names of the module around it; both files lie
 * beside it in the package, so the workers get those.
 * @throws Error when the package has no threaded build.
 */
export async function withNodeWorkers<T>(load: () => Promise<T>): Promise<T> {
  const folder = join(dirname(createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm')), '..', 'wasm-out');
  const script = join(folder, 'tfjs-backend-wasm-threaded-simd.js');
  const source = workerSource(join(folder, 'tfjs-backend-wasm-threaded-simd.worker.js'));

  class WasmWorker extends Worker {
    constructor() {
      super(source, { eval: true });
    }

    override postMessage(message: { cmd?: string }, transfer?: readonly Transferable[]): void {
      super.postMessage(message.cmd === 'load' ? { ...message, urlOrBlob: script } : message, transfer);
    }

    // A computing thread never ends by itself: it must not keep the process alive.
    override ref(): void {}
  }

  // The package assigns worker_threads.Worker to the global before it starts its pool: the
  // setter lets that pass unheard.
  const before = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  Object.defineProperty(globalThis, 'Worker', { configurable: true, get: () => WasmWorker, set: () => undefined });
  try {
    return await load();
  } finally {
    if (before) Object.defineProperty(globalThis, 'Worker', before);
    else delete (globalThis as { Worker?: unknown }).Worker;
  }
}

/** The file is a CommonJS module that exports the worker's source as one string. */
function workerSource(file: string): string {
  const module = { exports: {} as { wasmWorkerContents?: string } };
  runInNewContext(readFileSync(file, 'utf8'), { module });
  if (!module.exports.wasmWorkerContents) throw new Error(`${file} holds no worker source`);
  // Line breaks inside the string's own strings.
  return module.exports.wasmWorkerContents.replaceAll('\n', '\\n');
}
