import { createHash } from 'node:crypto';

/** First 20 hex digits of the SHA-256 of what a cached result depends on. */
export function cacheKey(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
}
