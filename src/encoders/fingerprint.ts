import { createHash } from 'node:crypto';
import type { ParameterValues } from '../engine/contract.js';

/** SHA-256 (hex) of what an encoder is, as JSON, and of its weights in the order of their names. */
export function fingerprintOf(identity: unknown, weights: ParameterValues = {}): string {
  const hash = createHash('sha256').update(JSON.stringify(identity));
  for (const name of Object.keys(weights).sort()) {
    const { shape, data } = weights[name];
    hash.update(`\n${name}:${shape.join('x')}\n`).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
