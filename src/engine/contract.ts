import type { Tensor, Variable } from '@tensorflow/tfjs-core';

/** A fixed size, or the name of a size that changes from call to call (e.g. the instances of a bag). */
export type Dimension = number | string;

/** An input of a program. int32 holds indices and labels. */
export interface InputSpec {
  readonly shape: readonly Dimension[];
  readonly dtype?: 'float32' | 'int32';
}

/** Values on the host, row-major. */
export interface HostTensor {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** Initial values of named float32 parameters, in torch's names and layouts. */
export type ParameterValues = Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;

/** Named float32 tensors that live beside the engine and that programs read and assign. */
export interface ParameterStore {
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** A copy of every parameter. */
  read(): ParameterValues;
  /** Overwrites the named parameters. @throws Error when a name or a shape does not fit. */
  write(values: ParameterValues): void;
  dispose(): void;
}

/** What a body sees while it is traced or run. */
export interface BodyScope {
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Assign to a parameter's variable to update it. */
  readonly parameters: Readonly<Record<string, Variable>>;
  /** Likewise, of the program's `state`. */
  readonly state: Readonly<Record<string, Variable>>;
}

/**
 * A computation written once in tfjs-core ops. The body must be pure but for assignments to
 * its parameters and state: no data is read back, no branch looks at values, nothing random is drawn,
 * and tensors from outside become constants (engine.md, pitfalls 1–4).
 */
export interface ProgramSpec {
  /** For messages and profiles. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  readonly parameters?: ParameterStore;
  /** Further tensors the body updates, e.g. an optimiser's moments; never frozen. */
  readonly state?: ParameterStore;
  /**
   * The parameters are constants of the program: faster (the weights can be packed), but the
   * program keeps the values of the moment it was compiled and may not assign them.
   */
  readonly frozen?: boolean;
  body(scope: BodyScope): Record<string, Tensor>;
}

/** A compiled computation. */
export interface Program {
  /**
   * Runs once. The outputs are valid until the next run of this program: copy what must last.
   * @throws Error when an input is missing or its shape does not fit its spec.
   */
  run(inputs: Readonly<Record<string, HostTensor>>): Promise<Record<string, HostTensor>>;
  dispose(): void;
}

export type EngineKind = 'onnx' | 'tensorflow' | 'wasm';

export interface EngineInfo {
  readonly kind: EngineKind | 'cpu';
  /** Of the package that computes. */
  readonly version: string;
  readonly threads: number;
  /** e.g. `cpu`, `webgpu`, `cuda`. */
  readonly device: string;
  /** Why this engine and not another, in one sentence. */
  readonly reason: string;
}

/** Where programs run. One engine a process. */
export interface Engine {
  readonly info: EngineInfo;
  parameters(values: ParameterValues): ParameterStore;
  compile(spec: ProgramSpec): Program;
  dispose(): void;
}
