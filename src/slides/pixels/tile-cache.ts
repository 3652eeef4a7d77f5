import { LRUCache } from 'lru-cache';

/** Undefined where the file leaves a tile out. */
type Tile = Uint8Array | undefined;

/**
 * Decoded tiles, the latest used, within a limit of bytes. Decoders hand out tiles that share the memory they were
 * decoded into together: it counts whole, and such tiles are kept and let go together.
 */
export class TileCache {
  private readonly tiles = new Map<string, Promise<Tile>>();
  /** Where each decoded tile lies, and which tiles lie there. */
  private readonly places = new Map<string, ArrayBufferLike>();
  private readonly memory: LRUCache<ArrayBufferLike, Set<string>>;

  /** @param most bytes of decoded tiles; those still being read come on top. */
  constructor(most: number) {
    this.memory = new LRUCache<ArrayBufferLike, Set<string>>({ maxSize: most, sizeCalculation: (_, { byteLength }) => Math.max(1, byteLength), dispose: (keys) => keys.forEach((key) => this.forget(key)) });
  }

  /** Of decoded tiles. */
  get bytes(): number {
    return this.memory.calculatedSize;
  }

  get(key: string): Promise<Tile> | undefined {
    const place = this.places.get(key);
    if (place) this.memory.get(place);
    return this.tiles.get(key);
  }

  /** Keeps a tile that is being read, so that nobody else reads it; one that fails or is left out is forgotten. */
  set(key: string, tile: Promise<Tile>): void {
    this.tiles.set(key, tile);
    const settle = (pixels: Tile): void => {
      if (this.tiles.get(key) !== tile) return;
      if (pixels) this.hold(key, pixels.buffer);
      else this.forget(key);
    };
    tile.then(settle, () => settle(undefined));
  }

  /** Lets go of all tiles whose keys begin so. */
  clear(prefix: string): void {
    for (const key of [...this.tiles.keys()]) {
      if (!key.startsWith(prefix)) continue;
      const place = this.places.get(key);
      const keys = place && this.memory.peek(place);
      this.forget(key);
      keys?.delete(key);
      if (place && keys?.size === 0) this.memory.delete(place);
    }
  }

  private hold(key: string, place: ArrayBufferLike): void {
    const keys = this.memory.get(place);
    if (keys) keys.add(key);
    else this.memory.set(place, new Set([key]));
    // Larger than all that may be held: not kept.
    if (this.memory.has(place)) this.places.set(key, place);
    else this.forget(key);
  }

  private forget(key: string): void {
    this.tiles.delete(key);
    this.places.delete(key);
  }
}
