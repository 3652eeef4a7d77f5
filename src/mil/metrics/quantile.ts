/**
 * The quantile of values sorted ascending, with linear interpolation between the two neighbours
 * (NumPy's and torch's default, rounding included). @param q 0–1. @returns NaN for no values.
 */
export function quantileOfSorted(ascending: ArrayLike<number>, q: number): number {
  if (ascending.length === 0) return NaN;
  const position = (ascending.length - 1) * q;
  const lower = Math.floor(position);
  const upper = Math.min(lower + 1, ascending.length - 1);
  const weight = position - lower;
  const step = ascending[upper] - ascending[lower];
  return weight < 0.5 ? ascending[lower] + step * weight : ascending[upper] - step * (1 - weight);
}
