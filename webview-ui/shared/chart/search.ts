/** The first place in `sorted`, within [from, to), whose value is not below `value`; `to` when there is none. */
export function lowerBound(sorted: Float64Array, value: number, from = 0, to = sorted.length): number {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The first place whose value is above `value`. */
export function upperBound(sorted: Float64Array, value: number, from = 0, to = sorted.length): number {
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The place whose value is nearest to `value`; -1 in an empty array. */
export function nearestPlace(sorted: Float64Array, value: number): number {
  const after = lowerBound(sorted, value);
  if (after === 0) return sorted.length > 0 ? 0 : -1;
  if (after === sorted.length) return after - 1;
  return value - sorted[after - 1]! <= sorted[after]! - value ? after - 1 : after;
}
