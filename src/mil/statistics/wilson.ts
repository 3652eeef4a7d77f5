import type { Proportion } from '../../shared/run/statistics.js';
import { normalReach } from './distributions.js';

/** A proportion with Wilson's score interval (1927, JASA 22:209), without continuity correction. @param level e.g. 0.95. */
export function wilson(count: number, of: number, level: number): Proportion {
  if (of === 0) return { count, of, value: null, low: null, high: null };
  const z2 = normalReach(level) ** 2;
  const value = count / of;
  const centre = (value + z2 / (2 * of)) / (1 + z2 / of);
  const reach = (Math.sqrt(z2) / (1 + z2 / of)) * Math.sqrt((value * (1 - value)) / of + z2 / (4 * of * of));
  // Rounding must not leave the ends a hair beyond what a share can be.
  return { count, of, value, low: count === 0 ? 0 : centre - reach, high: count === of ? 1 : centre + reach };
}
