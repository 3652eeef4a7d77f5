/** The share `q` (0–1) of ascending numbers, interpolated linearly between neighbours, as numpy has it. */
export function percentile(ascending: ArrayLike<number>, q: number): number {
  const place = q * (ascending.length - 1);
  const below = Math.floor(place);
  const above = Math.min(ascending.length - 1, below + 1);
  return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
}
