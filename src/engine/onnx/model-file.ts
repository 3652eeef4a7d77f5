import type { InferenceSession } from 'onnxruntime-node';
import { HardmineError, messageOf } from '../../shared/errors.js';
import type { Dimension, HostTensor } from '../contract.js';
import { loadOnnxRuntime, runSession, sessionOptions, type Tensors } from './session.js';

/** An input or output of a model file. */
export interface ModelPort {
  readonly name: string;
  /** Of the elements, as onnxruntime names it: `float32`, `int64`, `uint8` … */
  readonly type: string;
  readonly shape: readonly Dimension[];
}

/** A network that somebody else made and that only runs forward. */
export interface OnnxModel {
  readonly inputs: readonly ModelPort[];
  readonly outputs: readonly ModelPort[];
  /** Runs once; float32 and int32 tensors by name. @throws Error of onnxruntime when a shape does not fit. */
  run(inputs: Readonly<Record<string, HostTensor>>): Promise<Record<string, HostTensor>>;
  dispose(): Promise<void>;
}

/**
 * Opens an ONNX file, e.g. a frozen encoder.
 * @throws HardmineError `encoder-invalid` when the file is missing or is no ONNX model that runs here.
 */
export async function openOnnxModel(file: string, { threads, device = 'cpu' }: { readonly threads: number; readonly device?: string }): Promise<OnnxModel> {
  const runtime = await loadOnnxRuntime();
  const session = await runtime.InferenceSession.create(file, sessionOptions({ threads, device })).catch((error: unknown) => {
    throw new HardmineError('encoder-invalid', `The file cannot be opened as an ONNX model: ${messageOf(error)}.`, { place: { file }, remedy: 'Give an ONNX file that onnxruntime runs.', cause: error });
  });
  return {
    inputs: session.inputMetadata.map(port),
    outputs: session.outputMetadata.map(port),
    async run(inputs) {
      const feeds: Tensors = {};
      for (const [name, { data, shape }] of Object.entries(inputs)) feeds[name] = data instanceof Float32Array ? new runtime.Tensor('float32', data, shape) : new runtime.Tensor('int32', data, shape);
      const fetches = Object.fromEntries(session.outputNames.map((name) => [name, null]));
      const results = await runSession(session, feeds, fetches);
      return Object.fromEntries(Object.entries(results).map(([name, { data, dims }]) => [name, { data: data as Float32Array, shape: dims }]));
    },
    dispose: () => session.release(),
  };
}

function port(metadata: InferenceSession.ValueMetadata): ModelPort {
  return metadata.isTensor ? { name: metadata.name, type: metadata.type, shape: metadata.shape } : { name: metadata.name, type: 'no tensor', shape: [] };
}
