import type { FeatureEncoder } from './contract.js';
import { fingerprintOf } from './fingerprint.js';

/** Features that others computed, as they are. */
export function storedFeatures(featureSize: number): FeatureEncoder {
  return {
    input: 'features',
    inputSize: featureSize,
    featureSize,
    batch: 4096,
    fingerprint: () => fingerprintOf({ stored: featureSize }),
    embed: ({ features, count }) => Promise.resolve(features.slice(0, count * featureSize)),
    dispose: () => undefined,
  };
}
