import type { Graph } from '../graph/graph.js';
import type { Value } from '../values/value.js';

/**
 * How one kernel of tfjs becomes nodes: values in, values out, the attributes of tfjs between.
 * Inputs that tfjs gives as a list come under '0', '1', ….
 */
export type Kernel<Attributes = never> = (trace: Trace, inputs: Readonly<Record<string, Value>>, attributes: Attributes) => Value | Value[];

/** Kernels by tfjs name. */
export type Kernels = Readonly<Record<string, Kernel>>;

/** Ways to convolve that suit the processor. */
export interface Convolving {
  /** Channels a block in the runtime's own layout for convolutions; 0 where it has none. */
  readonly channelBlock: number;
  /** Whether filters learn on a CPU, where fewer products and images that stay in its caches pay. */
  readonly onCpu: boolean;
}

/** Leaves it to the runtime: on a GPU, and around constant filters, it knows best. */
export const plainConvolving: Convolving = { channelBlock: 0, onCpu: false };

/** What kernels of one trace share beside its graph. */
export interface Trace extends Convolving {
  readonly graph: Graph;
  /** What the named sizes of the program are in this trace; no other size of it is one of them. */
  readonly namedSizes: ReadonlySet<number>;
  /** The ReLU of a tensor, by the tensor's name: its sign is that of the tensor where it counts. */
  readonly rectified: Map<string, Value>;
  /** Where a max pool found its maxima, by the name of its output. */
  readonly maxima: Map<string, string>;
}

/** The end of a slice that runs backwards through the first element. */
export const BEFORE_START = -(2 ** 40);

/** A form of a mapped kernel that has no mapping (a data format, an axis …). */
export class UnmappedForm extends Error {}
