import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import { HardmineError, messageOf } from '../../../shared/errors.js';
import type { InputSpec, ParameterValues, ProgramSpec } from '../../contract.js';
import { tf } from '../../tfjs.js';
import type { GraphDefinition, GraphPort } from '../graph/definition.js';
import { Graph } from '../graph/graph.js';
import { UnmappedForm, type Convolving, type Trace } from '../kernels/kernel.js';
import { plain, store } from '../values/layout.js';
import { elementType, stored, type Value, type ValueType } from '../values/value.js';
import { elementTypes } from '../format/model.js';
import { BACKEND, theRecorder } from './recorder.js';

/** Names of the graph's inputs and outputs; their own spaces, so that no two clash. */
export const portNames = {
  input: (name: string) => `input/${name}`,
  output: (name: string) => `output/${name}`,
  parameter: (name: string) => `parameter/${name}`,
  state: (name: string) => `state/${name}`,
  updated: (port: string) => `updated/${port}`,
};

/** What the tracer needs of a program; sizes are settled. */
export interface TraceSpec extends Pick<ProgramSpec, 'name' | 'body'> {
  readonly inputs: Readonly<Record<string, InputSpec & { readonly shape: readonly number[] }>>;
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  readonly state: Readonly<Record<string, readonly number[]>>;
  /** What the named sizes of the program are this time. */
  readonly namedSizes: ReadonlySet<number>;
  /** How to convolve. */
  readonly convolving: Convolving;
  /** Values of the parameters, where these are constants. */
  readonly frozen?: ParameterValues;
}

/**
 * Runs the body once on the recorder: forward, backward and updates become one graph, whose
 * outputs are the body's and `updated/…` for each variable that it assigned.
 * @throws HardmineError `kernel-unmapped` naming kernel and program.
 */
export function traceBody(spec: TraceSpec): GraphDefinition {
  const recorder = theRecorder();
  const trace: Trace = { graph: new Graph(), namedSizes: spec.namedSizes, ...spec.convolving, rectified: new Map(), maxima: new Map() };
  const before = tf.engine().backendName as string | undefined;
  void tf.setBackend(BACKEND);
  recorder.trace = trace;
  try {
    return tracing(spec, trace);
  } catch (error) {
    throw explained(error, spec.name);
  } finally {
    recorder.trace = undefined;
    if (before && before !== BACKEND) void tf.setBackend(before);
  }
}

function tracing(spec: TraceSpec, { graph }: Trace): GraphDefinition {
  const recorder = theRecorder();
  const tensorOf = (value: Value) => tf.engine().makeTensorFromTensorInfo(recorder.put(value), recorder);
  const variables: Variable[] = [];
  const variablesOf = (shapes: Readonly<Record<string, readonly number[]>>, port: (name: string) => string, frozen?: ParameterValues) =>
    Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => {
        const variable = tf.variable(tensorOf(frozen ? hostValue(frozen[name]!) : inputValue(graph, port(name), shape, 'float32')));
        variables.push(variable);
        return [name, variable];
      }),
    );

  try {
    const ports: (GraphPort & { readonly source: string })[] = [];
    tf.tidy(() => {
      const parameters = variablesOf(spec.parameters, portNames.parameter, spec.frozen);
      const state = variablesOf(spec.state, portNames.state);
      const started = new Map(variables.map((variable) => [variable, variable.dataId]));
      const inputs = Object.fromEntries(Object.entries(spec.inputs).map(([name, { shape, dtype }]) => [name, tensorOf(inputValue(graph, portNames.input(name), shape, dtype ?? 'float32'))]));
      const outputs = spec.body({ inputs, parameters, state });

      for (const [name, tensor] of Object.entries(outputs)) ports.push(outputPort(graph, portNames.output(name), recorder.take(tensor)));
      for (const [group, port, constant] of [[parameters, portNames.parameter, spec.frozen], [state, portNames.state, undefined]] as const) {
        for (const [name, variable] of Object.entries(group)) {
          if (variable.dataId === started.get(variable)) continue;
          if (constant) throw new Error(`program "${spec.name}" is frozen but assigns its parameter "${name}"`);
          ports.push(outputPort(graph, portNames.updated(port(name)), recorder.take(variable)));
        }
      }
      disposeAll(outputs);
    });
    return graph.finish(ports);
  } finally {
    for (const variable of variables) variable.dispose();
  }
}

function disposeAll(outputs: Readonly<Record<string, Tensor>>): void {
  // Outputs may be kept by the body (tf.keep), which tidy respects.
  for (const tensor of Object.values(outputs)) tensor.dispose();
}

function hostValue({ shape, data }: ParameterValues[string]): Value {
  return { shape, type: 'float32', content: { kind: 'host', data } };
}

/** An input port. Integers come as int32 and are indices from there on. */
function inputValue(g: Graph, name: string, shape: readonly number[], type: ValueType): Value {
  g.input({ name, shape, type: type === 'int32' ? 'int32' : elementType[type] });
  return stored(type === 'int32' ? g.emit('Cast', [name], { to: elementTypes.int64 }) : name, shape, type);
}

function outputPort(g: Graph, name: string, value: Value): GraphPort & { readonly source: string } {
  const source = plain(g, store(g, value));
  if (value.type === 'float32') return { name, shape: value.shape, type: 'float32', source };
  return { name, shape: value.shape, type: 'int32', source: g.emit('Cast', [source], { to: elementTypes.int32 }) };
}

function explained(error: unknown, program: string): unknown {
  const kernel = /Kernel '(\w+)' not registered for backend 'onnx'/.exec(messageOf(error))?.[1];
  const what = kernel !== undefined ? `the kernel ${kernel}` : error instanceof UnmappedForm ? error.message : undefined;
  if (what === undefined) return error;
  return new HardmineError('kernel-unmapped', `The onnx engine cannot trace ${what}, which program "${program}" uses.`, { remedy: 'Choose another engine (wasm, tensorflow), or report it.', cause: error });
}
