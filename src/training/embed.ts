import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { FeatureReader } from '../cohort/contract.js';
import { createFeatureWriter, openFeatures } from '../cohort/features/index.js';
import type { Encoder, FeatureEncoder, PixelEncoder } from '../encoders/contract.js';
import type { EngineInfo } from '../engine/contract.js';
import type { Bag } from './bag.js';
import { cacheKey } from './cache-key.js';
import type { RunContext } from './context.js';
import { FeatureBank } from './feature-bank.js';
import type { Material } from './material/contract.js';
import type { Standard } from './standard.js';

type Progress = (done: number, total: number, unit: string) => void;

/**
 * Keeps the features of every bag in the cache, one h5 file (CLAM layout) a slide in a folder an
 * encoder state, and hands them out. What is there is never computed again.
 */
export class Embedder {
  /** What the features it hands out are standardised by; the cache holds them as they are. */
  standard: Standard | undefined;

  constructor(
    private readonly context: RunContext,
    private readonly engine: EngineInfo,
    private readonly encoder: Encoder,
    private readonly material: Material,
  ) {}

  /** Computes what is missing with the encoder's weights of now, and returns the features of these weights. */
  async embed(bags: readonly Bag[], progress: Progress): Promise<FeatureBank> {
    const { encoder } = this;
    const byId = new Map(bags.map((bag) => [bag.id, bag]));
    if (encoder.input === 'features' && !encoder.base && !encoder.learner) return new FeatureBank((id) => this.stored(byId.get(id)!), () => this.standard);
    const base = encoder.input === 'features' ? encoder.base : undefined;
    const total = bags.reduce((sum, bag) => sum + bag.count, 0) * (base ? 2 : 1);
    let done = 0;
    const advance = (count: number) => progress((done += count), total, 'patches');
    for (const bag of bags) {
      if (base) await this.ensure(bag, base, (write) => this.fromPixels(bag, base, write), advance);
      await this.ensure(bag, encoder, (write) => (encoder.input === 'pixels' ? this.fromPixels(bag, encoder, write) : this.fromFeatures(bag, encoder, write)), advance);
    }
    const folder = this.folder(encoder);
    return new FeatureBank((id) => openFeatures(path.join(folder, fileName(byId.get(id)!))), () => this.standard);
  }

  /** The bags some of whose features `embed` would compute. */
  missing(bags: readonly Bag[]): Bag[] {
    const { encoder } = this;
    if (encoder.input === 'features' && !encoder.base && !encoder.learner) return [];
    const folders = [encoder, ...(encoder.input === 'features' && encoder.base ? [encoder.base] : [])].map((one) => this.folder(one));
    return bags.filter((bag) => !folders.every((folder) => existsSync(path.join(folder, fileName(bag)))));
  }

  /** Drops the features of the weights of now; they are computed again when needed. */
  forget(): void {
    if (this.encoder.learner) rmSync(this.folder(this.encoder), { recursive: true, force: true });
  }

  /** Of an encoder state on this engine: another engine, or another count of threads, rounds differently. */
  private folder(encoder: Encoder): string {
    const { kind, version, threads, device } = this.engine;
    return path.join(this.context.cacheFolder, 'features', cacheKey(encoder.fingerprint(), kind, version, threads, device));
  }

  private async ensure(bag: Bag, encoder: Encoder, compute: (write: (features: Float32Array) => void) => Promise<void>, advance: (count: number) => void): Promise<void> {
    const folder = this.folder(encoder);
    const file = path.join(folder, fileName(bag));
    if (existsSync(file)) return advance(bag.count);
    mkdirSync(folder, { recursive: true });
    const writer = await createFeatureWriter(file, encoder.featureSize);
    try {
      let row = 0;
      await compute((features) => {
        const rows = features.length / encoder.featureSize;
        writer.append(features, bag.coords && { x: bag.coords.x.subarray(row, row + rows), y: bag.coords.y.subarray(row, row + rows), size0: bag.coords.size0 });
        row += rows;
        advance(rows);
      });
    } catch (error) {
      writer.abandon();
      throw error;
    }
    writer.close();
  }

  private async fromPixels(bag: Bag, encoder: PixelEncoder, write: (features: Float32Array) => void): Promise<void> {
    const patches = this.material.patches!([bag]);
    try {
      const bytes = 3 * patches.size * patches.size;
      const pixels = new Uint8Array(encoder.batch * bytes);
      for (let start = 0; start < bag.count; start += encoder.batch) {
        const count = Math.min(encoder.batch, bag.count - start);
        for (let i = 0; i < count; i++) patches.read(start + i, pixels, i * bytes);
        write(await encoder.embed({ pixels: pixels.subarray(0, count * bytes), count, size: patches.size }));
        await this.context.checkpoint();
      }
    } finally {
      patches.close();
    }
  }

  private async fromFeatures(bag: Bag, encoder: FeatureEncoder, write: (features: Float32Array) => void): Promise<void> {
    const reader = encoder.base ? await openFeatures(path.join(this.folder(encoder.base), fileName(bag))) : await this.stored(bag);
    try {
      const features = new Float32Array(encoder.batch * encoder.inputSize);
      for (let start = 0; start < bag.count; start += encoder.batch) {
        const count = Math.min(encoder.batch, bag.count - start);
        const batch = features.subarray(0, count * encoder.inputSize);
        reader.readInto(batch, start, start + count);
        write(await encoder.embed({ features: batch, count }));
        await this.context.checkpoint();
      }
    } finally {
      reader.close();
    }
  }

  private stored(bag: Bag): Promise<FeatureReader> {
    return this.material.features!(bag);
  }
}

function fileName(bag: Bag): string {
  return `${bag.hash}.h5`;
}
