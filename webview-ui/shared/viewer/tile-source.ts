import OpenSeadragon from 'openseadragon';
import { pyramidOf, tileAt, tileEdge, tileOverlap, type Pyramid } from '../../../src/shared/pyramid.js';
import { TileQueue } from './tile-queue.js';

/** A tile OpenSeadragon asks for; the types of the package leave these members out. */
export interface TileJob extends OpenSeadragon.ImageJob {
  readonly tile: OpenSeadragon.Tile;
  readonly jobId: number;
  abort(): void;
}

/** Tiles asked of the slide service at a time. */
const concurrent = 4;

/** What a tile source stands on. */
export interface TileSupply {
  /** Tells slides apart in caches. */
  readonly key: string;
  /** Level-0 pixels. */
  readonly width: number;
  readonly height: number;
  /** The tile's JPEG. */
  read(level: number, column: number, row: number): Promise<Uint8Array>;
  /** Whether the tile is in sight at a fitting zoom. */
  wanted(tile: OpenSeadragon.Tile): boolean;
  failed(error: unknown): void;
}

/** Tiles that come as messages: no server, no address. */
export class MessageTileSource extends OpenSeadragon.TileSource {
  private readonly queue: TileQueue<TileJob>;
  private readonly pyramid: Pyramid;

  constructor(private readonly supply: TileSupply) {
    const { width, height } = supply;
    const pyramid = pyramidOf(width, height);
    super({ width, height, tileSize: tileEdge, tileOverlap, minLevel: 0, maxLevel: pyramid.lastLevel });
    this.pyramid = pyramid;
    this.queue = new TileQueue<TileJob>({ load: (job) => this.load(job), wanted: ({ tile }) => supply.wanted(tile), giveBack }, concurrent);
  }

  override getTileUrl(level: number, column: number, row: number): string {
    return `${this.supply.key}#${level}/${column}/${row}`;
  }

  /** Tiles at the far edges hold a fraction of a pixel in a whole one: all of their pixels are drawn into their place. */
  override getTileBounds(level: number, column: number, row: number, isSource?: boolean): OpenSeadragon.Rect {
    const tile = isSource ? tileAt(this.pyramid, level, column, row) : undefined;
    return tile ? new OpenSeadragon.Rect(0, 0, tile.width, tile.height) : super.getTileBounds(level, column, row, isSource);
  }

  override hasTransparency(): boolean {
    return false;
  }

  override downloadTileStart(job: OpenSeadragon.ImageJob): void {
    this.queue.add(job as TileJob);
  }

  override downloadTileAbort(job: OpenSeadragon.ImageJob): void {
    this.queue.remove(job as TileJob);
  }

  private async load(job: TileJob): Promise<void> {
    const { level, x, y } = job.tile;
    try {
      const bytes = await this.supply.read(level, x, y);
      const image = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }));
      finish(job, image, '');
    } catch (error) {
      finish(job, null, String(error));
      this.supply.failed(error);
    }
  }
}

function finish(job: TileJob, image: ImageBitmap | null, error: string): void {
  // The package's types want a request; there is none.
  job.finish(image, null as unknown as XMLHttpRequest, error);
}

/** Only an aborted job, not a failed one, is asked for again; its time limit must not fail it afterwards. */
function giveBack(job: TileJob): void {
  clearTimeout(job.jobId);
  job.abort();
}
