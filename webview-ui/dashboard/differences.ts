import type { Settings } from '../../src/shared/rpc/runs.js';

/** The keys whose values are not the same in all settings, in the order of the experiment file. A key that one lacks differs. */
export function differingKeys(settings: readonly Settings[]): string[] {
  // Settings that are not read yet would make every key differ.
  const known = settings.filter((one) => Object.keys(one).length > 0);
  const keys = [...new Set(known.flatMap((one) => Object.keys(one)))];
  return keys.filter((key) => new Set(known.map((one) => one[key])).size > 1);
}
