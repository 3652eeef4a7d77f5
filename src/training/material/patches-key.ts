import type { TilingOptions } from '../../shared/experiment/index.js';
import { patchesVersion } from '../../slides/grid.js';
import { cacheKey } from '../cache-key.js';

/** The key that patches of a slide are kept and known by, in the cache and in the lineage of runs. @param content hash of the files they depend on. @param mpp of the cohort table. */
export function patchesKey(content: string, mpp: number | undefined, tiling: TilingOptions): string {
  return cacheKey(patchesVersion, content, mpp ?? null, tiling);
}
