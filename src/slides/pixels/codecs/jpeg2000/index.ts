import { Worker } from 'node:worker_threads';
import type { TileCodec } from '../codec.js';
import { WorkerPool } from '../worker-pool.js';
import { findOpenJpeg } from './library.js';
import type { Jpeg2000Request } from './worker.js';

// From source, as tests run it, the worker is TypeScript and needs the loader that the tests themselves have.
const fromSource = (url: URL): { execArgv?: string[] } => (url.pathname.endsWith('.ts') ? { execArgv: ['--require', 'tsx/cjs'] } : {});

const pool = new WorkerPool<Jpeg2000Request, Uint8Array>(() => new Worker(new URL(/* webpackChunkName: "jpeg2000-worker" */ './worker.ts', import.meta.url), fromSource(new URL(import.meta.url))));

/** JPEG 2000 tiles through OpenJPEG, a thread a core: the library of this machine, else WebAssembly. */
export function decodeJpeg2000({ width, height, colour }: TileCodec, tiles: readonly Uint8Array[]): Promise<Uint8Array[]> {
  return Promise.all(
    tiles.map((part) => {
      // Of its own memory, and handed over with it: a part of a longer read would be sent with all of that.
      const tile = new Uint8Array(part);
      return pool.run({ tile, width, height, colour }, [tile.buffer]);
    }),
  );
}

/** What decodes JPEG 2000 on this machine, for a log. */
export async function jpeg2000Decoder(): Promise<string> {
  const { library } = await findOpenJpeg();
  return library ? `OpenJPEG ${library.version}` : 'OpenJPEG in WebAssembly';
}
