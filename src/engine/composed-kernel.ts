import type { KernelBackend, KernelFunc, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from './tfjs.js';

/** A kernel that is made of other kernels of its backend: where the backend lacks it or does it badly. */
export type ComposedKernel<Inputs, Attributes> = (inputs: Given<Inputs>, attributes: Attributes, scope: KernelScope) => TensorInfo;

type Given<Inputs> = { readonly [name in keyof Inputs]: TensorInfo };

/** Runs kernels of a backend and remembers what they made, to free it. */
export class KernelScope {
  readonly #made: TensorInfo[] = [];

  constructor(
    private readonly backendName: string,
    readonly backend: KernelBackend,
  ) {}

  /** The result of a kernel of the backend. */
  run(name: string, inputs: object, attrs: object = {}): TensorInfo {
    return this.call(tf.getKernel(name, this.backendName).kernelFunc, inputs, attrs);
  }

  call(kernel: KernelFunc, inputs: object, attrs: object): TensorInfo {
    const output = kernel({ inputs: inputs as NamedTensorInfoMap, attrs: attrs as NamedAttrMap, backend: this.backend }) as TensorInfo;
    this.#made.push(output);
    return output;
  }

  reshape(x: TensorInfo, shape: readonly number[]): TensorInfo {
    return this.run('Reshape', { x }, { shape });
  }

  transpose(x: TensorInfo, perm: readonly number[]): TensorInfo {
    return this.run('Transpose', { x }, { perm });
  }

  /** What `body` makes on the way to its result is freed when it returns. */
  nested(body: (scope: KernelScope) => TensorInfo): TensorInfo {
    const inner = new KernelScope(this.backendName, this.backend);
    const result = inner.close(body(inner));
    this.#made.push(result);
    return result;
  }

  /** Frees everything made here but `result`. */
  close(result: TensorInfo): TensorInfo {
    for (const info of this.#made) if (info !== result) this.backend.disposeData(info.dataId);
    return result;
  }
}

/** Adds a kernel that the backend lacks. */
export function addKernel<Inputs, Attributes>(backendName: string, kernelName: string, kernel: ComposedKernel<Inputs, Attributes>): void {
  if (!tf.getKernel(kernelName, backendName)) tf.registerKernel({ kernelName, backendName, kernelFunc: scoped(backendName, kernel) });
}

const replaced = new Set<string>();

/** Puts a kernel in the place of one of the backend's, which it is given to call. */
export function replaceKernel<Inputs, Attributes>(backendName: string, kernelName: string, around: (original: KernelFunc) => ComposedKernel<Inputs, Attributes>): void {
  const key = `${backendName}/${kernelName}`;
  if (replaced.has(key)) return;
  replaced.add(key);
  // The rest of the original is kept: its setup binds the compiled function that it calls.
  const original = tf.getKernel(kernelName, backendName);
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({ ...original, kernelFunc: scoped(backendName, around(original.kernelFunc)) });
}

function scoped<Inputs, Attributes>(backendName: string, kernel: ComposedKernel<Inputs, Attributes>): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const scope = new KernelScope(backendName, backend as KernelBackend);
    return scope.close(kernel(inputs as Given<Inputs>, attrs as Attributes, scope));
  };
}
