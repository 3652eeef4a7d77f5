import type { FeatureReader } from '../cohort/contract.js';
import type { HostTensor } from '../engine/contract.js';
import { HardmineError } from '../shared/errors.js';
import { standardise, type Standard } from './standard.js';

/** Rows read at a time from a store. */
const sliceRows = 4096;

/**
 * The features of all slides, read when asked for. What was read first is kept while it fits a
 * byte limit, so that a cohort larger than memory trains. Slides are asked for in rounds: were the
 * least recently used thrown out, a cohort just above the limit would be read anew in each.
 */
export class FeatureBank {
  private readonly kept = new Map<string, HostTensor>();
  private bytes = 0;

  constructor(
    private readonly open: (slide: string) => Promise<FeatureReader>,
    /** What features are standardised by when they are read. */
    private readonly standard: () => Standard | undefined = () => undefined,
    private readonly limit = 384 * 1024 * 1024,
  ) {}

  /** Features of a slide, N × D. @throws HardmineError `features-invalid` naming slide and patch where one is not finite. */
  async bag(slide: string): Promise<HostTensor> {
    const kept = this.kept.get(slide);
    if (kept) return kept;
    const bag = await this.read(slide);
    const { byteLength } = bag.data;
    if (this.bytes + byteLength <= this.limit && !this.kept.has(slide)) {
      this.bytes += byteLength;
      this.kept.set(slide, bag);
    }
    return bag;
  }

  /** Drops what is kept, so that it is read anew. */
  forget(): void {
    this.kept.clear();
    this.bytes = 0;
  }

  private async read(slide: string): Promise<HostTensor> {
    const reader = await this.open(slide);
    try {
      const { count, featureSize } = reader;
      const data = new Float32Array(count * featureSize);
      for (let start = 0; start < count; start += sliceRows) {
        const end = Math.min(count, start + sliceRows);
        reader.readInto(data.subarray(start * featureSize, end * featureSize), start, end);
      }
      const wrong = firstNotFinite(data);
      if (wrong >= 0) throw notFinite(slide, Math.floor(wrong / featureSize));
      const standard = this.standard();
      if (standard) standardise(data, standard);
      return { data, shape: [count, featureSize] };
    } finally {
      reader.close();
    }
  }
}

/** -1 where all are finite. A plain loop: of 100,000 patches there are a hundred million values. */
function firstNotFinite(data: Float32Array): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i;
  return -1;
}

function notFinite(slide: string, patch: number): HardmineError {
  return new HardmineError('features-invalid', `The features of patch ${patch} (counted from 0) hold a value that is no finite number.`, { place: { slide }, remedy: 'Extract the features of this slide again, or leave it out of the cohort.' });
}
