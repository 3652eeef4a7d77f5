import type { BackendValues, DataType, NamedAttrMap, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { tf } from '../../tfjs.js';
import { kernels } from '../kernels/index.js';
import { UnmappedForm, type Kernel, type Trace } from '../kernels/kernel.js';
import { splat, type Value, type ValueType } from '../values/value.js';

export const BACKEND = 'onnx';

type DataId = object;

/** Data of tfjs that came from outside the trace, and what stands for it inside. */
interface Entry {
  references: number;
  readonly host?: { readonly values: BackendValues; readonly shape: readonly number[]; readonly dtype: DataType };
  readonly value?: Value;
}

/**
 * A tfjs backend that computes nothing: every kernel appends nodes to the graph of the current
 * trace and hands on a Value. Tensors of other backends become constants.
 */
class Recorder extends tf.KernelBackend {
  private readonly entries = new tf.DataStorage<Entry>(this, tf.engine());
  /** Set while a program is traced. */
  trace: Trace | undefined;

  put(value: Value): TensorInfo {
    const dataId = {};
    this.entries.set(dataId, { references: 1, value });
    return { dataId, shape: value.shape.slice(), dtype: value.type };
  }

  take({ dataId }: TensorInfo): Value {
    const { value, host } = this.entries.get(dataId);
    if (value) return value;
    const { values, shape, dtype } = host!;
    const data = values as ArrayLike<number>;
    const first = Number(data[0] ?? 0);
    const uniform = Array.prototype.every.call(data, (item) => Number(item) === first);
    return uniform ? splat(first, shape, dtype as ValueType) : { shape, type: dtype as ValueType, content: { kind: 'host', data } };
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(dataId: DataId, values: BackendValues, shape: number[], dtype: DataType, references: number): void {
    this.entries.set(dataId, { references, host: { values, shape, dtype } });
  }

  override readSync(dataId: DataId): BackendValues {
    const { host } = this.entries.get(dataId);
    if (!host) throw new Error('a body may not read the values of its tensors: they are not known while it is traced');
    return host.values;
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    return this.readSync(dataId);
  }

  override refCount(dataId: DataId): number {
    return this.entries.has(dataId) ? this.entries.get(dataId).references : 0;
  }

  override incRef(dataId: DataId): void {
    this.entries.get(dataId).references += 1;
  }

  decRef(dataId: DataId): void {
    this.entries.get(dataId).references -= 1;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    if (!this.entries.has(dataId)) return true;
    this.decRef(dataId);
    if (!force && this.refCount(dataId) > 0) return false;
    this.entries.delete(dataId);
    return true;
  }

  override numDataIds(): number {
    return this.entries.numDataIds();
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override timerAvailable(): boolean {
    return false;
  }

  override dispose(): void {}
}

let recorder: Recorder | undefined;

/** The one recorder of the process, registered with tfjs when first asked for. */
export function theRecorder(): Recorder {
  if (recorder) return recorder;
  const created = (recorder = new Recorder());
  tf.registerBackend(BACKEND, () => created);
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    tf.registerKernel({ kernelName, backendName: BACKEND, kernelFunc: (call) => record(created, kernelName, kernel as Kernel<NamedAttrMap>, call) });
  }
  return created;
}

interface Call {
  readonly inputs: NamedTensorInfoMap;
  readonly attrs?: NamedAttrMap;
}

function record(recorder: Recorder, name: string, kernel: Kernel<NamedAttrMap>, { inputs, attrs }: Call): TensorInfo | TensorInfo[] {
  if (!recorder.trace) throw new Error('the recording backend computes nothing outside a trace');
  // Optional inputs may be absent; a list of inputs has its numbers as names.
  const values = Object.fromEntries(Object.entries(inputs).filter(([, info]) => info).map(([key, info]) => [key, recorder.take(info!)]));
  try {
    const result = kernel(recorder.trace, values, attrs ?? {});
    return Array.isArray(result) ? result.map((value) => recorder.put(value)) : recorder.put(result);
  } catch (error) {
    throw error instanceof UnmappedForm ? new UnmappedForm(`the kernel ${name} with ${error.message}`) : error;
  }
}
