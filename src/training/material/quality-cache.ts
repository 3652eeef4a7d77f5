import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { replaceJson } from '../../shared/files.js';
import { slideQualitySchema, type SlideQuality } from '../../shared/slide-quality.js';
import { qualityVersion } from '../../slides/quality/record.js';
import { cacheKey } from '../cache-key.js';

/** The quality records of slides on disk, each made once, by the hash of what their patches depend on. */
export class QualityCache {
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** The record of a slide; undefined where it is not there yet, or not to be understood. */
  read(hash: string): SlideQuality | undefined {
    const file = this.file(hash);
    if (!existsSync(file)) return undefined;
    try {
      return slideQualitySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // Whatever it is, it is made anew.
      return undefined;
    }
  }

  write(hash: string, quality: SlideQuality): void {
    replaceJson(this.file(hash), quality);
  }

  private file(hash: string): string {
    return path.join(this.folder, `${cacheKey(qualityVersion, hash)}.json`);
  }
}
