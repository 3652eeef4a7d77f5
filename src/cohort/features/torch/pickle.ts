/** What a pickle may call, by `module.name`; anything else in it is refused by its name. */
export type Callables = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** A callable of `Callables`, on the stack. */
export class Callable {
  constructor(
    readonly name: string,
    readonly call: Callables[string],
  ) {}
}

/** Begins a tuple, a list of items or of pairs on the stack. */
const mark = Symbol('mark');

/**
 * Reads one pickle of what PyTorch saves a tensor with. A pickle is a program for a stack machine that in Python may
 * call anything; this machine knows only the instructions that put plain values together and the given callables,
 * so that nothing in a file is ever executed.
 * @param persistent what stands for a thing kept outside the pickle, e.g. a storage.
 * @returns the value, and where its pickle ends.
 * @throws RangeError in words for people, naming the instruction or the callable that is not taken.
 */
export function readPickle(bytes: Uint8Array, start: number, callables: Callables, persistent: (id: unknown) => unknown): { readonly value: unknown; readonly end: number } {
  const machine = new PickleMachine(bytes, start, callables, persistent);
  return { value: machine.run(), end: machine.position };
}

class PickleMachine {
  private readonly view: DataView;
  private readonly stack: unknown[] = [];
  private readonly memo = new Map<number, unknown>();

  constructor(
    private readonly bytes: Uint8Array,
    public position: number,
    private readonly callables: Callables,
    private readonly persistent: (id: unknown) => unknown,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  run(): unknown {
    for (;;) {
      const code = this.uint(1);
      if (code === 0x2e) return this.pop();
      const instruction = instructions[code];
      if (!instruction) throw new RangeError(`needs the pickle instruction 0x${code.toString(16)}, which a tensor of floats does not need`);
      instruction(this);
    }
  }

  push(value: unknown): void {
    this.stack.push(value);
  }

  pop(): unknown {
    if (this.stack.length === 0) throw new RangeError('holds a damaged pickle');
    return this.stack.pop();
  }

  /** What lies above the last mark. */
  popToMark(): unknown[] {
    const at = this.stack.lastIndexOf(mark);
    if (at < 0) throw new RangeError('holds a damaged pickle');
    return this.stack.splice(at).slice(1);
  }

  uint(size: 1 | 2 | 4): number {
    if (this.position + size > this.bytes.length) throw new RangeError('holds a pickle that is cut short');
    const value = size === 1 ? this.view.getUint8(this.position) : size === 2 ? this.view.getUint16(this.position, true) : this.view.getUint32(this.position, true);
    this.position += size;
    return value;
  }

  /** An integer of `size` bytes, little-endian, in two's complement. */
  long(size: number): number {
    return Number(BigInt.asIntN(8 * size, this.take(size).reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n as bigint)));
  }

  double(): number {
    const { buffer, byteOffset } = this.take(8);
    return new DataView(buffer, byteOffset, 8).getFloat64(0);
  }

  text(size: number): string {
    return new TextDecoder().decode(this.take(size));
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.position);
    const text = this.text((end < 0 ? Infinity : end) - this.position);
    this.position++;
    return text;
  }

  remember(place: number): void {
    this.memo.set(place, this.stack.at(-1));
  }

  rememberNext(): void {
    this.remember(this.memo.size);
  }

  recall(place: number): void {
    this.push(this.memo.get(place));
  }

  global(module: string, name: string): void {
    const full = `${module}.${name}`;
    if (!Object.hasOwn(this.callables, full)) throw new RangeError(`calls ${full}, which is never done: features need no more than a tensor of floats`);
    this.push(new Callable(full, this.callables[full]));
  }

  reduce(): void {
    const args = this.pop();
    const callable = this.pop();
    if (!(callable instanceof Callable) || !Array.isArray(args)) throw new RangeError('holds a damaged pickle');
    this.push(callable.call(...(args as readonly unknown[])));
  }

  persist(): void {
    this.push(this.persistent(this.pop()));
  }

  private take(size: number): Uint8Array {
    if (!(size >= 0 && this.position + size <= this.bytes.length)) throw new RangeError('holds a pickle that is cut short');
    return this.bytes.subarray(this.position, (this.position += size));
  }
}

/** Dictionaries and lists that are built are dropped: of all that PyTorch writes, only tensors are read. */
const instructions: Readonly<Record<number, (machine: PickleMachine) => void>> = {
  0x80: (m) => void m.uint(1), // PROTO
  0x95: (m) => void m.long(8), // FRAME
  0x28: (m) => m.push(mark), // MARK
  0x63: (m) => m.global(m.line(), m.line()), // GLOBAL
  0x93: (m) => ((name) => m.global(String(m.pop()), name))(String(m.pop())), // STACK_GLOBAL
  0x52: (m) => m.reduce(), // REDUCE
  0x51: (m) => m.persist(), // BINPERSID
  0x71: (m) => m.remember(m.uint(1)), // BINPUT
  0x72: (m) => m.remember(m.uint(4)), // LONG_BINPUT
  0x94: (m) => m.rememberNext(), // MEMOIZE
  0x68: (m) => m.recall(m.uint(1)), // BINGET
  0x6a: (m) => m.recall(m.uint(4)), // LONG_BINGET
  0x4e: (m) => m.push(undefined), // NONE
  0x88: (m) => m.push(true), // NEWTRUE
  0x89: (m) => m.push(false), // NEWFALSE
  0x4b: (m) => m.push(m.uint(1)), // BININT1
  0x4d: (m) => m.push(m.uint(2)), // BININT2
  0x4a: (m) => m.push(m.long(4)), // BININT
  0x8a: (m) => m.push(m.long(m.uint(1))), // LONG1
  0x47: (m) => m.push(m.double()), // BINFLOAT
  0x58: (m) => m.push(m.text(m.uint(4))), // BINUNICODE
  0x8c: (m) => m.push(m.text(m.uint(1))), // SHORT_BINUNICODE
  0x29: (m) => m.push([]), // EMPTY_TUPLE
  0x74: (m) => m.push(m.popToMark()), // TUPLE
  0x85: (m) => m.push([m.pop()]), // TUPLE1
  0x86: (m) => m.push([m.pop(), m.pop()].reverse()), // TUPLE2
  0x87: (m) => m.push([m.pop(), m.pop(), m.pop()].reverse()), // TUPLE3
  0x7d: (m) => m.push(new Map()), // EMPTY_DICT
  0x5d: (m) => m.push(new Set()), // EMPTY_LIST
  0x61: (m) => void m.pop(), // APPEND
  0x65: (m) => void m.popToMark(), // APPENDS
  0x73: (m) => void [m.pop(), m.pop()], // SETITEM
  0x75: (m) => void m.popToMark(), // SETITEMS
};
