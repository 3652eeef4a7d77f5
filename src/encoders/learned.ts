import type { Engine, HostTensor, Program, ProgramSpec } from '../engine/contract.js';
import type { EncoderState } from './contract.js';
import { fingerprintOf } from './fingerprint.js';
import { fitWeights } from './fit.js';

/** Inference of an encoder: everything but the projection head, which only losses see. */
export type Inference = Pick<ProgramSpec, 'inputs' | 'body'>;

/** The weights of an encoder that learns, and the frozen program that infers with them. */
export class Learned {
  private readonly shapes: Readonly<Record<string, readonly number[]>>;
  private frozen: { readonly program: Program; release(): void } | undefined;
  private print: string | undefined;

  /** `identity`: what features depend on beside the weights, as JSON. */
  constructor(
    private readonly engine: Engine,
    readonly model: string,
    private readonly identity: unknown,
    private current: EncoderState,
    private readonly inference: Inference,
  ) {
    this.shapes = Object.fromEntries(Object.entries(current.weights).map(([name, { shape }]) => [name, shape]));
  }

  get state(): EncoderState {
    return this.current;
  }

  fingerprint(): string {
    return (this.print ??= fingerprintOf({ model: this.model, identity: this.identity }, this.inferring()));
  }

  /** Goes on with a state that this encoder has produced. */
  readonly keep = (state: EncoderState): void => {
    this.release();
    this.current = state;
    this.print = undefined;
  };

  /** @throws HardmineError `weights-invalid` naming the tensor that does not fit. */
  restore({ weights, optimizer }: EncoderState): void {
    this.keep({ weights: fitWeights(weights, this.shapes, { model: this.model }), optimizer });
  }

  /** Runs the inference program; its outputs are valid until the next call. */
  infer(inputs: Readonly<Record<string, HostTensor>>): Promise<Record<string, HostTensor>> {
    this.frozen ??= this.freeze();
    return this.frozen.program.run(inputs);
  }

  /** Frees the compiled program; inference compiles it again. */
  release(): void {
    this.frozen?.release();
    this.frozen = undefined;
  }

  /** The weights of this moment become constants, which engines can pack. */
  private freeze(): { readonly program: Program; release(): void } {
    const store = this.engine.parameters(this.inferring());
    const program = this.engine.compile({ name: `features of ${this.model}`, ...this.inference, parameters: store, frozen: true });
    return { program, release: () => [program, store].forEach((part) => part.dispose()) };
  }

  private inferring(): EncoderState['weights'] {
    return Object.fromEntries(Object.entries(this.current.weights).filter(([name]) => !name.startsWith('projection.')));
  }
}
