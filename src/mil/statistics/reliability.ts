import type { ReliabilityBin } from '../../shared/run/statistics.js';
import type { Predicted } from './at-specificity.js';
import { wilson } from './wilson.js';

/** Bins of equal width, as calibration errors are usually told. */
const usualBins = 10;
/** A bin of equal mass says little with fewer slides. */
const fewestInBin = 5;

/** Both kinds of bins of a sample, and the calibration error over each. @param level of Wilson's intervals. */
export function reliability(sample: Predicted, level: number): { equalMass: ReliabilityBin[]; equalWidth: ReliabilityBin[]; ece: { equalMass: number | null; equalWidth: number | null } } {
  const equalMass = equalMassBins(sample, Math.max(2, Math.min(usualBins, Math.floor(sample.labels.length / fewestInBin))), level);
  const equalWidth = equalWidthBins(sample, usualBins, level);
  return { equalMass, equalWidth, ece: { equalMass: expectedCalibrationError(equalMass), equalWidth: expectedCalibrationError(equalWidth) } };
}

/** Bins of equal width, (0, 1/n], (1/n, 2/n] …, 0 in the first; those without slides are left out; Wilson intervals of `level`. Guo 2017 (ICML), section 2. */
export function equalWidthBins({ labels, probabilities }: Predicted, bins: number, level: number): ReliabilityBin[] {
  const binOf = (i: number): number => Math.max(0, Math.ceil(probabilities[i]! * bins) - 1);
  return Array.from({ length: bins }, (_, bin) => indices(labels).filter((i) => binOf(i) === bin)).flatMap((members) => binOfMembers(members, { labels, probabilities }, level));
}

/** Bins of as equal a number of slides as can be; equal probabilities are never parted. */
export function equalMassBins({ labels, probabilities }: Predicted, bins: number, level: number): ReliabilityBin[] {
  const order = indices(labels).sort((a, b) => probabilities[a]! - probabilities[b]!);
  const edges = Array.from({ length: bins + 1 }, (_, bin) => {
    let edge = Math.round((bin * order.length) / bins);
    while (edge > 0 && edge < order.length && probabilities[order[edge]!] === probabilities[order[edge - 1]!]) edge++;
    return edge;
  });
  return Array.from({ length: bins }, (_, bin) => order.slice(edges[bin], edges[bin + 1])).flatMap((members) => binOfMembers(members, { labels, probabilities }, level));
}

/** Expected calibration error: Σ over bins of |observed − predicted|, weighted by slides; null without any. Guo 2017, eq. 3. */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number | null {
  const total = bins.reduce((sum, { slides }) => sum + slides, 0);
  return total === 0 ? null : bins.reduce((sum, { slides, predicted, observed }) => sum + (slides / total) * Math.abs(observed - predicted), 0);
}

function indices(labels: ArrayLike<number>): number[] {
  return Array.from({ length: labels.length }, (_, i) => i);
}

function binOfMembers(members: readonly number[], { labels, probabilities }: Predicted, level: number): ReliabilityBin[] {
  if (members.length === 0) return [];
  const sum = (of: ArrayLike<number>): number => members.reduce((total, i) => total + of[i]!, 0);
  const { value, low, high } = wilson(sum(labels), members.length, level);
  return [{ slides: members.length, predicted: sum(probabilities) / members.length, observed: value!, low: low!, high: high! }];
}
