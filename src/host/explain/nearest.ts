/** Collects the `count` rows of least distance; of equals the row that came first. */
export class Nearest {
  /** Nearest first. */
  readonly found: { readonly row: number; readonly distance: number }[] = [];

  constructor(private readonly count: number) {}

  /** Rows are to be offered in ascending order. */
  offer(row: number, distance: number): void {
    const { found, count } = this;
    if (found.length === count && !(distance < found[count - 1]!.distance)) return;
    let place = found.length;
    while (place > 0 && distance < found[place - 1]!.distance) place--;
    found.splice(place, 0, { row, distance });
    if (found.length > count) found.pop();
  }
}

/**
 * Cosine distances 1 − a·b / (|a|·|b|) of a vector [D] to every row of a matrix [N × D], 0 to 2, in
 * float64. A vector of length 0 has no direction; it is as far from all as one at a right angle: 1.
 */
export function cosineDistances(query: ArrayLike<number>, rows: ArrayLike<number>): Float64Array {
  const width = query.length;
  const length = Math.hypot(...Array.from(query));
  const distances = new Float64Array(rows.length / width);
  for (let row = 0, at = 0; row < distances.length; row++) {
    let [dot, squares] = [0, 0];
    for (let i = 0; i < width; i++, at++) {
      const value = rows[at]!;
      dot += value * query[i]!;
      squares += value * value;
    }
    const lengths = length * Math.sqrt(squares);
    distances[row] = lengths === 0 ? 1 : 1 - dot / lengths;
  }
  return distances;
}
