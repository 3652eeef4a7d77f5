import { createBirpc, type BirpcReturn } from 'birpc';
import { HardmineError } from '../errors.js';

/** What the other side of a boundary offers; every call answers, or rejects with a `RemoteError`. */
export type Remote<Theirs extends object, Ours extends object = object> = BirpcReturn<Theirs, Ours>;

/** The methods `Contract` names, answered here: at once or with a promise. */
export type Answers<Contract extends object> = {
  [Name in keyof Contract]: Contract[Name] extends (...args: infer Args) => infer Result ? (...args: Args) => Result | Awaited<Result> | Promise<Awaited<Result>> : never;
};

/** A pipe that carries messages in order: postMessage of a webview, or the channel of a child process. */
export interface Pipe {
  post(message: unknown): void;
  on(listener: (message: unknown) => void): void;
}

/** An error thrown on the other side: what was wrong and what to do, never a stack. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';

  constructor(
    message: string,
    /** `internal` where the other side threw something not written for people. */
    readonly code: string,
    readonly remedy: string | undefined,
  ) {
    super(message);
  }
}

interface Failure {
  readonly message: string;
  readonly code: string;
  readonly remedy?: string;
}

/** How long a call may take before it rejects, ms; slides on a network file system are slow to open. */
const callTimeout = 120_000;

/** Joins the two sides of a boundary over a pipe: `ours` answers what the other side calls. */
export function connect<Theirs extends object, Ours extends object>(pipe: Pipe, ours: Answers<Ours>): Remote<Theirs, Ours> {
  return createBirpc<Theirs, Ours>(ours as unknown as Ours, {
    post: (message) => pipe.post(message),
    on: (listener) => pipe.on(listener),
    timeout: callTimeout,
    bind: 'functions',
    // Only what the contract names: nothing inherited from Object can be called from outside.
    resolver: (name, method) => (Object.hasOwn(ours, name) ? method : undefined),
    serialize: (message: { e?: unknown }) => (message.e === undefined ? message : { ...message, e: failureOf(message.e) }),
    deserialize: (message: { e?: unknown }) => (message.e === undefined ? message : { ...message, e: errorOf(message.e as Failure) }),
  });
}

// An Error does not survive a webview's postMessage, which speaks JSON; its words do.
function failureOf(error: unknown): Failure {
  if (error instanceof HardmineError) return { message: error.message, code: error.code, ...(error.remedy ? { remedy: error.remedy } : {}) };
  if (error instanceof RemoteError) return { message: error.message, code: error.code, ...(error.remedy ? { remedy: error.remedy } : {}) };
  return { message: error instanceof Error ? error.message : String(error), code: 'internal' };
}

function errorOf({ message, code, remedy }: Failure): RemoteError {
  return new RemoteError(message, code, remedy);
}
