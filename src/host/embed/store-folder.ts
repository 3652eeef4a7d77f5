import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { coordsAttributes, createFeatureWriter, readMark, writeCoords, type AppendedCoords, type FeatureWriter } from '../../cohort/features/index.js';
import { encoderMark, type EncoderMark } from '../../cohort/lint/stores.js';
import { HardmineError } from '../../shared/errors.js';
import { fileError } from '../../shared/files.js';
import { patchesVersion } from '../../slides/grid.js';
import { cacheKey } from '../../training/cache-key.js';
import type { OpenedSlide } from './cohort-patches.js';

/** The attribute of `features` that says what they were made of. */
const mark = 'hardmine_key';

export interface StoreFolderOptions {
  /** All features depend on, besides the slide itself. */
  readonly madeOf: readonly unknown[];
  /** Of the encoder, for people. */
  readonly encoder: string;
  readonly featureSize: number;
  /** Overlap of neighbouring patches, px at their resolution. */
  readonly overlap: number;
  /** What the encoder has seen of a slide; undefined where nothing is known of where it comes from. */
  readonly encoderMark?: (slide: OpenedSlide) => Promise<EncoderMark>;
  /** Replace stores that were made of something else. */
  readonly overwrite: boolean;
}

/** A folder of feature stores as CLAM lays it out: `h5_files/<slide>.h5` with features and coords, `patches/<slide>.h5` with coords alone. */
export class StoreFolder {
  private readonly features: string;
  private readonly patches: string;

  /** @throws HardmineError `file-denied`, `disk-full`. */
  constructor(
    folder: string,
    private readonly options: StoreFolderOptions,
  ) {
    this.features = join(folder, 'h5_files');
    this.patches = join(folder, 'patches');
    try {
      for (const made of [this.features, this.patches]) mkdirSync(made, { recursive: true });
    } catch (error) {
      throw fileError(error, folder);
    }
  }

  /** Whether the features of a slide of that content are there. @throws HardmineError `features-invalid` where others are, `usage` where the id is no name of a file. */
  async holds(slide: string, hash: string): Promise<boolean> {
    if (basename(slide) !== slide || slide.startsWith('.')) throw new HardmineError('usage', 'This id cannot be the name of a file.', { place: { slide }, remedy: 'Give the slide an id without slashes.' });
    const file = this.fileOf(slide);
    if (!existsSync(file)) return false;
    if ((await readMark(file, mark)) === this.keyOf(hash)) return true;
    if (this.options.overwrite) return false;
    throw new HardmineError('features-invalid', 'A store of this name is there, made of other pixels, with other tiling, or by another encoder.', { place: { file, slide }, remedy: 'Choose another --out, or give --overwrite to replace it.' });
  }

  /** Begins the store of a slide. @throws HardmineError as `createFeatureWriter` does. */
  async begin(slide: OpenedSlide): Promise<FeatureWriter> {
    const { id } = slide.row;
    const seen = await this.options.encoderMark?.(slide);
    const writer = await createFeatureWriter(this.fileOf(id), this.options.featureSize, {
      features: { [mark]: this.keyOf(slide.hash), name: id, encoder: this.options.encoder, savetodir: this.features, ...(seen && { [encoderMark]: JSON.stringify(seen) }) },
      coords: this.attributesOf(slide, this.features),
    });
    writer.append(new Float32Array(0), coordsOf(slide, 0, 0));
    return writer;
  }

  /** Ends the store of a slide. The coords alone come first: a slide with features lacks nothing. @throws HardmineError `disk-full`. */
  async finish(slide: OpenedSlide, writer: FeatureWriter): Promise<void> {
    await writeCoords(join(this.patches, `${slide.row.id}.h5`), coordsOf(slide, 0, slide.grid.x.length), this.attributesOf(slide, this.patches));
    writer.close();
  }

  private attributesOf({ row, grid, width, height, mpp, objectivePower }: OpenedSlide, folder: string): ReturnType<typeof coordsAttributes> {
    // A scanner's 40× is about 0.25 µm/px.
    return coordsAttributes({ id: row.id, base: { width, height }, size0: grid.size0, overlap0: (this.options.overlap * grid.size0) / grid.size, magnification: objectivePower ?? Math.round(10 / mpp), folder });
  }

  private fileOf(slide: string): string {
    return join(this.features, `${slide}.h5`);
  }

  private keyOf(hash: string): string {
    return cacheKey(patchesVersion, hash, ...this.options.madeOf);
  }
}

/** Places of patches [start, end) of a slide. */
export function coordsOf({ grid }: OpenedSlide, start: number, end: number): AppendedCoords {
  return { x: grid.x.subarray(start, end), y: grid.y.subarray(start, end), size0: grid.size0 };
}
