import type { Tensor } from 'onnxruntime-node';
import type { ParameterStore, ParameterValues } from '../contract.js';
import type { OnnxRuntime } from './session.js';
import { sizeOf } from './values/shapes.js';

/** A parameter twice: what programs read, and where the one that updates it writes. */
interface Buffers {
  current: Tensor;
  spare: Tensor | undefined;
}

/** Parameters as tensors of onnxruntime in ping-pong buffers. (onnxruntime-node copies what it returns all the same.) */
export class OnnxParameters implements ParameterStore {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  private readonly buffers = new Map<string, Buffers>();

  constructor(
    private readonly runtime: OnnxRuntime,
    values: ParameterValues,
  ) {
    this.shapes = Object.fromEntries(Object.entries(values).map(([name, { shape }]) => [name, shape]));
    for (const [name, { shape, data }] of Object.entries(values)) {
      if (data.length !== sizeOf(shape)) throw new Error(`parameter "${name}" has ${data.length} values, its shape [${shape.join(', ')}] has ${sizeOf(shape)}`);
      this.buffers.set(name, { current: new runtime.Tensor('float32', data.slice(), shape), spare: undefined });
    }
  }

  /** The tensor to read. */
  current(name: string): Tensor {
    return this.of(name).current;
  }

  /** The tensor to write the next values to. */
  spare(name: string): Tensor {
    const buffers = this.of(name);
    const shape = this.shapes[name]!;
    return (buffers.spare ??= new this.runtime.Tensor('float32', new Float32Array(sizeOf(shape)), shape));
  }

  /** What was written becomes what is read. */
  swap(name: string): void {
    const buffers = this.of(name);
    [buffers.current, buffers.spare] = [this.spare(name), buffers.current];
  }

  read(): ParameterValues {
    return Object.fromEntries([...this.buffers].map(([name, { current }]) => [name, { shape: this.shapes[name]!, data: (current.data as Float32Array).slice() }]));
  }

  write(values: ParameterValues): void {
    for (const [name, { shape, data }] of Object.entries(values)) {
      const target = this.current(name).data as Float32Array;
      if (shape.join() !== this.shapes[name]!.join() || data.length !== target.length) throw new Error(`parameter "${name}" has shape [${this.shapes[name]!.join(', ')}], not [${shape.join(', ')}]`);
      target.set(data);
    }
  }

  dispose(): void {
    this.buffers.clear();
  }

  private of(name: string): Buffers {
    const buffers = this.buffers.get(name);
    if (!buffers) throw new Error(`no parameter is named "${name}"`);
    return buffers;
  }
}
