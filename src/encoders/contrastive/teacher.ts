import type { ParameterValues } from '../../engine/contract.js';
import type { EncoderState } from '../contract.js';

/** What the student's tensors are called among the state that learning goes on with. */
const prefix = 'student/';

/**
 * A momentum teacher (Tarvainen and Valpola 2017): the weights that embed are an exponential mean of
 * those that learn, taken after each step; the weights that learn, the student's, stay with the optimiser.
 */
export class Teacher {
  /** What learns on: the student of the state, or its weights where there was no teacher before. */
  readonly student: EncoderState;
  private readonly mean: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>>;

  /** @param momentum weight of the mean before, 0–1. */
  constructor({ weights, optimizer }: EncoderState, private readonly momentum: number) {
    const own = Object.entries(optimizer).filter(([name]) => name.startsWith(prefix));
    this.mean = Object.fromEntries(Object.entries(weights).map(([name, { shape, data }]) => [name, { shape, data: Float32Array.from(data) }]));
    this.student = {
      weights: own.length === 0 ? weights : Object.fromEntries(own.map(([name, values]) => [name.slice(prefix.length), values])),
      optimizer: Object.fromEntries(Object.entries(optimizer).filter(([name]) => !name.startsWith(prefix))),
    };
  }

  /** Moves the mean towards the student's weights after a step. */
  follow(student: ParameterValues): void {
    for (const [name, { data }] of Object.entries(this.mean)) {
      const learnt = student[name]!.data;
      for (let i = 0; i < data.length; i++) data[i] = this.momentum * data[i]! + (1 - this.momentum) * learnt[i]!;
    }
  }

  /** The teacher, with what the student needs to go on. */
  state({ weights, optimizer }: EncoderState): EncoderState {
    const mean = Object.fromEntries(Object.entries(this.mean).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
    return { weights: mean, optimizer: { ...optimizer, ...Object.fromEntries(Object.entries(weights).map(([name, values]) => [prefix + name, values])) } };
  }
}
