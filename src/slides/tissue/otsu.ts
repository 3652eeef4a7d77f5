/**
 * Otsu's threshold of a 256-bin histogram: the largest value of the lower class, where the variance
 * between the two classes is greatest (Otsu 1979). 0 for a histogram of a single value.
 */
export function otsuThreshold(histogram: ArrayLike<number>): number {
  let total = 0;
  let sum = 0;
  for (let value = 0; value < 256; value++) {
    total += histogram[value];
    sum += value * histogram[value];
  }
  let below = 0;
  let belowSum = 0;
  let best = 0;
  let threshold = 0;
  for (let value = 0; value < 256; value++) {
    below += histogram[value];
    belowSum += value * histogram[value];
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const difference = belowSum / below - (sum - belowSum) / above;
    const variance = below * above * difference * difference;
    if (variance > best) {
      best = variance;
      threshold = value;
    }
  }
  return threshold;
}
