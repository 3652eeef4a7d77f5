import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { HostTensor, Program, ProgramSpec } from '../contract.js';
import { checkInputs } from '../inputs.js';
import { encodeModel } from './format/model.js';
import type { GraphDefinition, GraphPort } from './graph/definition.js';
import { plainConvolving, type Convolving } from './kernels/kernel.js';
import type { OnnxParameters } from './parameters.js';
import { runSession, sessionOptions, type OnnxRuntime, type SessionSettings, type Tensors } from './session.js';
import { traceEverySize } from './trace/sizes.js';
import { portNames, traceBody } from './trace/trace.js';
import { sizeOf } from './values/shapes.js';

/** A variable of the graph: its port, and where its values live. */
interface Slot {
  readonly port: string;
  readonly store: OnnxParameters;
  readonly name: string;
}

export interface ProgramSettings extends SessionSettings {
  /** Where filters learn. */
  readonly convolving: Convolving;
}

/** A traced program: one graph, one session, opened at the first run. */
export class OnnxProgram implements Program {
  private readonly graph: GraphDefinition;
  private readonly read: readonly Slot[];
  private readonly updated: readonly Slot[];
  /** Outputs of fixed shape are written into the same memory each time. */
  private readonly outputs: ReadonlyMap<string, Tensor | null>;
  private session: Promise<InferenceSession> | undefined;

  /** @param inTurn runs one piece of work after another, across the programs of an engine. */
  constructor(
    private readonly runtime: OnnxRuntime,
    private readonly settings: ProgramSettings,
    private readonly spec: ProgramSpec,
    private readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  ) {
    const parameters = spec.parameters as OnnxParameters | undefined;
    const state = spec.state as OnnxParameters | undefined;
    // Around constant filters the runtime brings images into blocks by itself, and leaves them there.
    this.graph = traceProgram(spec, spec.frozen ? plainConvolving : settings.convolving);
    const slots = [...slotsOf(parameters, portNames.parameter), ...slotsOf(state, portNames.state)];
    const ports = new Set([...this.graph.inputs, ...this.graph.outputs].map(({ name }) => name));
    this.read = slots.filter(({ port }) => ports.has(port));
    this.updated = slots.filter(({ port }) => ports.has(portNames.updated(port)));
    this.outputs = new Map(this.graph.outputs.filter(({ name }) => !name.startsWith(portNames.updated(''))).map((port) => [port.name, preallocated(runtime, port)]));
  }

  run(inputs: Readonly<Record<string, HostTensor>>): Promise<Record<string, HostTensor>> {
    return this.inTurn(async () => {
      checkInputs(this.spec, inputs);
      const session = await (this.session ??= this.open());
      const feeds: Tensors = {};
      for (const { name, type } of this.graph.inputs) {
        const input = inputs[name.slice(portNames.input('').length)];
        if (name.startsWith(portNames.input(''))) feeds[name] = new this.runtime.Tensor(type as 'float32', input!.data as Float32Array, input!.shape);
      }
      for (const { port, store, name } of this.read) feeds[port] = store.current(name);
      const fetches: Record<string, Tensor | null> = Object.fromEntries(this.outputs);
      for (const { port, store, name } of this.updated) fetches[portNames.updated(port)] = store.spare(name);

      const results = await runSession(session, feeds, fetches);
      for (const { store, name } of this.updated) store.swap(name);
      return Object.fromEntries([...this.outputs.keys()].map((port) => [port.slice(portNames.output('').length), hostTensor(results[port]!)]));
    });
  }

  dispose(): void {
    void this.inTurn(async () => (await this.session)?.release());
  }

  private open(): Promise<InferenceSession> {
    return this.runtime.InferenceSession.create(encodeModel(this.graph, this.spec.name), sessionOptions(this.settings));
  }
}

function traceProgram(spec: ProgramSpec, convolving: Convolving): GraphDefinition {
  const parameters = spec.parameters?.shapes ?? {};
  const state = spec.state?.shapes ?? {};
  const frozen = spec.frozen ? (spec.parameters?.read() ?? {}) : undefined;
  const shapes = Object.fromEntries(Object.entries(spec.inputs).map(([name, { shape }]) => [name, shape]));
  const fixed = new Set([...Object.values(shapes), ...Object.values(parameters)].flat());
  return traceEverySize(spec.name, shapes, fixed, (sizes) => {
    const inputs = Object.fromEntries(
      Object.entries(spec.inputs).map(([name, input]) => [name, { ...input, shape: input.shape.map((dimension) => (typeof dimension === 'number' ? dimension : sizes[dimension]!)) }]),
    );
    return traceBody({ name: spec.name, body: (scope) => spec.body(scope), inputs, parameters, state, namedSizes: new Set(Object.values(sizes)), convolving, ...(frozen ? { frozen } : {}) });
  });
}

function slotsOf(store: OnnxParameters | undefined, port: (name: string) => string): Slot[] {
  return store ? Object.keys(store.shapes).map((name) => ({ port: port(name), store, name })) : [];
}

function preallocated(runtime: OnnxRuntime, { shape, type }: GraphPort): Tensor | null {
  if (!shape.every((size) => typeof size === 'number')) return null;
  const size = sizeOf(shape);
  return type === 'float32' ? new runtime.Tensor('float32', new Float32Array(size), shape) : new runtime.Tensor('int32', new Int32Array(size), shape);
}

function hostTensor({ data, dims }: Tensor): HostTensor {
  return { data: data as Float32Array | Int32Array, shape: dims };
}
