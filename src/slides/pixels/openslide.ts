import { availableParallelism } from 'node:os';
import type { OpenSlideHandle, OpenSlideLibrary } from '../openslide/library.js';
import { undecodable } from './damage.js';
import type { PixelSource, PixelWindow } from './source.js';

/** Pixels of one call of the library: 4 MB of ARGB, enough to keep its own threads busy side by side. */
const blockPixels = 2 ** 20;
const blockEdge = 1024;

/** Levels that OpenSlide reads. */
export class OpenSlidePixels implements PixelSource {
  private session: Promise<Session> | undefined;
  private closed = false;

  /**
   * @param handle as opened by the caller, from now on closed here.
   * @param background what shows where the slide holds no pixels.
   */
  constructor(
    private readonly library: OpenSlideLibrary,
    private readonly path: string,
    handle: OpenSlideHandle,
    private readonly background: readonly [number, number, number],
  ) {
    this.session = Promise.resolve(new Session(library, handle));
  }

  async read(level: number, window: PixelWindow): Promise<Uint8Array> {
    const session = await this.use();
    const target = new Uint8Array(window.width * window.height * 3);
    const blocks = this.blocks(session.downsample(level), window);
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < blocks.length) {
        const block = blocks[next++];
        const argb = await session.read(level, block);
        const problem = session.error();
        if (problem !== null) throw this.fail(session, problem);
        blendArgb(argb, block, this.background, target, window);
      }
    };
    await Promise.all(Array.from({ length: Math.min(blocks.length, availableParallelism()) }, worker));
    return target;
  }

  async close(): Promise<void> {
    this.closed = true;
    const session = this.session;
    this.session = undefined;
    await (await session)?.close();
  }

  /** A handle in error stays so for good: the slide is opened again for the next read. */
  private async use(): Promise<Session> {
    if (this.closed) throw undecodable(this.path, 'it was closed');
    this.session ??= this.library.open(this.path).then((handle) => {
      if (handle === null) throw undecodable(this.path, 'OpenSlide cannot open it again');
      return new Session(this.library, handle);
    });
    return this.session;
  }

  private fail(session: Session, problem: string): Error {
    void this.session?.then((current) => {
      if (current === session) this.session = undefined;
    });
    void session.close();
    return undecodable(this.path, `OpenSlide: ${problem}`);
  }

  /**
   * The library takes places in level-0 pixels: on levels whose scale is no whole number a window may come out
   * up to half a level-0 pixel beside its place. Such windows are never cut, so that at least no seams show.
   */
  private blocks(downsample: number, { left, top, width, height }: PixelWindow): PixelWindow[] {
    const whole = Number.isInteger(downsample);
    const columns = whole ? Math.min(width, blockEdge) : width;
    const rows = whole ? Math.max(1, Math.floor(blockPixels / columns)) : height;
    const blocks: PixelWindow[] = [];
    for (let y = 0; y < height; y += rows) {
      for (let x = 0; x < width; x += columns) blocks.push({ left: left + x, top: top + y, width: Math.min(columns, width - x), height: Math.min(rows, height - y) });
    }
    return blocks;
  }
}

/** Premultiplied ARGB words of `block` over the background, into their place in `window`, RGB. */
export function blendArgb(argb: Uint8Array, block: PixelWindow, [red, green, blue]: readonly [number, number, number], target: Uint8Array, window: PixelWindow): void {
  const words = new Uint32Array(argb.buffer, argb.byteOffset, argb.byteLength / 4);
  for (let y = 0, i = 0; y < block.height; y++) {
    let to = ((block.top - window.top + y) * window.width + block.left - window.left) * 3;
    for (let x = 0; x < block.width; x++, i++, to += 3) {
      const word = words[i];
      const rest = 255 - (word >>> 24);
      target[to] = ((word >>> 16) & 255) + (rest === 0 ? 0 : Math.round((red * rest) / 255));
      target[to + 1] = ((word >>> 8) & 255) + (rest === 0 ? 0 : Math.round((green * rest) / 255));
      target[to + 2] = (word & 255) + (rest === 0 ? 0 : Math.round((blue * rest) / 255));
    }
  }
}

/** A handle with the reads under way: it is closed when the last of them has ended. */
class Session {
  private readonly reads = new Set<Promise<unknown>>();
  private closed: Promise<void> | undefined;

  constructor(
    private readonly library: OpenSlideLibrary,
    private readonly handle: OpenSlideHandle,
  ) {}

  downsample(level: number): number {
    return this.library.downsample(this.handle, level);
  }

  error(): string | null {
    return this.closed ? 'the slide was closed' : this.library.error(this.handle);
  }

  async read(level: number, { left, top, width, height }: PixelWindow): Promise<Uint8Array> {
    const argb = new Uint8Array(width * height * 4);
    if (this.closed) return argb;
    const downsample = this.downsample(level);
    const read = this.library.readRegion(this.handle, argb, Math.round(left * downsample), Math.round(top * downsample), level, width, height);
    this.reads.add(read);
    await read.finally(() => this.reads.delete(read));
    return argb;
  }

  close(): Promise<void> {
    this.closed ??= Promise.allSettled(this.reads).then(() => this.library.close(this.handle));
    return this.closed;
  }
}
