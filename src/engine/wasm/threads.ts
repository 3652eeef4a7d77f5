import { readFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Worker, type Transferable } from 'node:worker_threads';

/** The package starts a pool of eight workers whatever is asked of it. */
export const MAX_WASM_THREADS = 8;

/**
 * Runs `load` with a `Worker` that the threaded build of tfjs-backend-wasm can use in Node.
 * Resolves to false where that fails.
 */
export async function withNodeWorkers(load: () => Promise<boolean>): Promise<boolean> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'Worker');
  try {
    const WasmWorker = nodeWorker();
    // The package sets this global to Node's own Worker first: the setter lets that pass unheard.
    Object.defineProperty(globalThis, 'Worker', { configurable: true, get: () => WasmWorker, set: () => undefined });
    return await load();
  } catch {
    return false;
  } finally {
    delete (globalThis as { Worker?: unknown }).Worker;
    if (before) Object.defineProperty(globalThis, 'Worker', before);
  }
}

/**
 * The package starts its workers from a blob URL, which Node cannot, and hands them a blob of its
 * own transpiled code, which refers to names of the module around it. Both exist as plain files
 * in the package: these workers get those.
 */
function nodeWorker(): typeof Worker {
  const folder = join(dirname(nodeModule.createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm')), '..', 'wasm-out');
  const script = join(folder, 'tfjs-backend-wasm-threaded-simd.js');
  const source = workerSource(join(folder, 'tfjs-backend-wasm-threaded-simd.worker.js'));
  return class extends Worker {
    constructor() {
      super(source, { eval: true });
    }

    override postMessage(message: { cmd?: string }, transfer?: readonly Transferable[]): void {
      super.postMessage(message.cmd === 'load' ? { ...message, urlOrBlob: script } : message, transfer);
    }

    // A computing thread never ends by itself: it must not keep the process alive.
    override ref(): void {}
  };
}

/** The file is a CommonJS module that exports the worker's source as one string. */
function workerSource(file: string): string {
  const module = { exports: {} as { wasmWorkerContents?: string } };
  runInNewContext(readFileSync(file, 'utf8'), { module });
  if (!module.exports.wasmWorkerContents) throw new Error(`${file} holds no worker source`);
  // Line breaks inside the string's own strings.
  return module.exports.wasmWorkerContents.replaceAll('\n', '\\n');
}
