import { createHash } from 'node:crypto';

/** A UUID (version 8, own making) of a content: the same content has the same id. */
export function contentId(content: string): string {
  const digits = createHash('sha256').update(content).digest('hex');
  return [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`, digits.slice(20, 32)].join('-');
}
