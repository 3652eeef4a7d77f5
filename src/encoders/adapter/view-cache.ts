import { closeSync, fstatSync, fsyncSync, ftruncateSync, existsSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fileError } from '../../shared/files.js';
import type { AugmentationOptions } from '../../shared/experiment/index.js';
import type { Random } from '../../shared/random.js';
import { Augmenter } from '../augment/index.js';
import type { PatchSource, PixelEncoder, PrepareStage } from '../contract.js';
import type { ViewSource } from '../contrastive/model.js';
import { fingerprintOf } from '../fingerprint.js';

const bytesPerFloat = 4;

/** Which views are cached: of which patches, by which encoder, how augmented. */
export interface ViewCacheSpec {
  readonly base: PixelEncoder;
  readonly augmentations: AugmentationOptions;
  /** Views of each patch. */
  readonly views: number;
}

/**
 * Features of augmented views of every patch, on disk: float32, [patches][views][featureSize].
 * Built once; what an interruption left is continued at a whole batch, so that the file is
 * the same bit for bit. Views depend on the patch and the seed alone, not on the order.
 * @returns the path of the file.
 * @throws HardmineError `disk-full` …; what was written stays.
 */
export async function cacheViews(patches: PatchSource, { base, augmentations, views }: ViewCacheSpec, { random, hooks, scratch }: PrepareStage): Promise<string> {
  const name = fingerprintOf({ base: base.fingerprint(), augmentations, views, count: patches.count, seed: random.fork('seed').uniform() }).slice(0, 16);
  const file = path.join(scratch, `views-${name}.f32`);
  if (existsSync(file)) return file;

  const size = 3 * patches.size ** 2;
  const total = patches.count * views;
  const recordBytes = base.featureSize * bytesPerFloat;
  const augmenter = new Augmenter(patches.size, augmentations);
  const patch = new Uint8Array(size);
  const pixels = new Uint8ClampedArray(base.batch * size);
  const partial = `${file}.part`;
  let descriptor: number | undefined;
  try {
    mkdirSync(scratch, { recursive: true });
    descriptor = openSync(partial, existsSync(partial) ? 'r+' : 'w+');
    const whole = Math.floor(fstatSync(descriptor).size / (recordBytes * base.batch)) * base.batch;
    ftruncateSync(descriptor, whole * recordBytes);
    for (let start = whole; start < total; start += base.batch) {
      await hooks?.checkpoint?.();
      const count = Math.min(base.batch, total - start);
      for (let i = 0; i < count; i++) {
        patches.read(Math.floor((start + i) / views), patch, 0);
        pixels.set(augmenter.view(patch, 0, random.fork(`view/${start + i}`)), i * size);
      }
      const features = await base.embed({ pixels: new Uint8Array(pixels.buffer), count, size: patches.size });
      writeWhole(descriptor, new Uint8Array(features.buffer, features.byteOffset, features.byteLength), start * recordBytes);
      fsyncSync(descriptor);
      hooks?.onStep?.(start + count, total);
    }
    renameSync(partial, file);
  } catch (error) {
    throw fileError(error, partial);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
  return file;
}

/** A file of views, open for drawing. */
export class CachedViews implements ViewSource {
  readonly count: number;
  readonly shape: readonly number[];
  private readonly descriptor: number;
  private readonly record: Float32Array;

  constructor(
    file: string,
    featureSize: number,
    private readonly views: number,
  ) {
    this.descriptor = openSync(file, 'r');
    this.count = fstatSync(this.descriptor).size / (featureSize * bytesPerFloat * views);
    this.shape = [featureSize];
    this.record = new Float32Array(featureSize);
  }

  /** Two different views where there are two. */
  drawPair(index: number, random: Random, target: Float32Array, first: number, second: number): void {
    const one = random.integer(this.views);
    const other = (one + 1 + random.integer(Math.max(1, this.views - 1))) % this.views;
    target.set(this.read(index, one), first);
    target.set(this.read(index, other), second);
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private read(index: number, view: number): Float32Array {
    const bytes = this.record.byteLength;
    readSync(this.descriptor, new Uint8Array(this.record.buffer), 0, bytes, (index * this.views + view) * bytes);
    return this.record;
  }
}

/** Writes all bytes at `position`: a nearly full disk takes only some of them at first. */
function writeWhole(descriptor: number, bytes: Uint8Array, position: number): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
}
