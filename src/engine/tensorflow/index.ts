import type { KernelBackend } from '@tensorflow/tfjs-core';
import { HardmineError } from '../../shared/errors.js';
import type { Engine } from '../contract.js';
import { createEagerEngine } from '../eager.js';
import { tf } from '../tfjs.js';
import { addExplicitPadding } from './padding.js';
import { loadTensorflow, tensorflowPackages, type TensorflowPackage } from './package.js';

export interface TensorflowOptions {
  readonly threads: number;
  readonly reason: string;
  /** Those to try, in order; by default the one for GPUs, then the one for CPUs. */
  readonly packages?: readonly TensorflowPackage[];
  /** Take it only if it computes on a GPU. */
  readonly gpu?: boolean;
}

const remedy =
  'Install it where you run: `npm install @tensorflow/tfjs-node-gpu` (NVIDIA, CUDA 11.2 and cuDNN 8.1) or `npm install @tensorflow/tfjs-node`; both download libtensorflow, so they need the internet once. Or name the folder that holds it in MIL_TENSORFLOW_PATH, or choose another engine.';

/**
 * The TensorFlow engine: @tensorflow/tfjs-node-gpu or @tensorflow/tfjs-node run eagerly, when
 * the user has installed one.
 *
 * The package brings tfjs-core of its own. The two copies meet in the engine and the registries
 * that tfjs-core keeps in the global object, so the backend is there for programs of ours.
 * @throws HardmineError engine-unavailable when none is installed or none works.
 */
export function createTensorflowEngine({ threads, reason, packages = tensorflowPackages, gpu = false }: TensorflowOptions): Engine {
  // Read by libtensorflow when it loads.
  process.env['TF_NUM_INTRAOP_THREADS'] = String(threads);
  process.env['TF_DETERMINISTIC_OPS'] ??= '1';
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // The second copy of tfjs-core says that it is one unless in production mode.
  tf.enableProdMode();
  const loaded = loadTensorflow(packages);
  if ('problems' in loaded) throw new HardmineError('engine-unavailable', `${loaded.problems.join('; ')}.`, { remedy });
  const backend = tf.findBackend('tensorflow') as NodeBackend | null;
  if (!backend) throw new HardmineError('engine-unavailable', `${loaded.name} loaded but gave tfjs no backend.`, { remedy: 'Install the version that fits: 4.22.' });
  if (gpu && !backend.isUsingGpuDevice) throw new HardmineError('engine-unavailable', `${loaded.name} finds no GPU that it can use.`, { remedy: 'Check `nvidia-smi`, CUDA 11.2 and cuDNN 8.1, or choose another engine.' });
  addExplicitPadding();
  tf.setBackend('tensorflow');
  return createEagerEngine({
    kind: 'tensorflow',
    version: `${loaded.module.version['tfjs-node'] ?? 'unknown'} (libtensorflow ${backend.binding.TF_Version})`,
    threads,
    device: backend.isUsingGpuDevice ? 'cuda' : 'cpu',
    reason,
  });
}

interface NodeBackend extends KernelBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}
