import type { Random } from '../shared/random.js';

/** Passes over the rows at most; few rows still change then. */
const mostPasses = 50;

/**
 * Centres of rows by k-means (Lloyd), begun by k-means++: [k × width], row by row. As many as there
 * are different rows where these are fewer than k. A function of the rows and of `random`.
 *
 * @param rows row by row, a multiple of `width` numbers.
 */
export function kMeans(rows: Float32Array, width: number, k: number, random: Random): Float64Array {
  const count = rows.length / width;
  let centres = spreadOut(rows, width, k, random);
  let cluster: Int32Array = new Int32Array(0);
  for (let pass = 0; pass < mostPasses; pass++) {
    const next = nearestCentres(rows, width, centres);
    if (next.every((own, row) => own === cluster[row])) break;
    cluster = next;
    const sums = new Float64Array(centres.length);
    const members = new Int32Array(centres.length / width);
    for (let row = 0; row < count; row++) {
      members[cluster[row]]++;
      for (let i = 0; i < width; i++) sums[cluster[row] * width + i] += rows[row * width + i];
    }
    // A centre that lost all its rows stays where it was.
    centres = centres.map((value, i) => (members[Math.floor(i / width)] > 0 ? sums[i] / members[Math.floor(i / width)] : value));
  }
  return centres;
}

/** The centre nearest to each row; of equally near ones the first. */
export function nearestCentres(rows: Float32Array, width: number, centres: Float64Array): Int32Array {
  return Int32Array.from({ length: rows.length / width }, (_, row) => {
    let nearest = 0;
    let least = Infinity;
    for (let centre = 0; centre * width < centres.length; centre++) {
      const distance = squaredDistance(rows, row * width, centres, centre * width, width);
      if (distance < least) [nearest, least] = [centre, distance];
    }
    return nearest;
  });
}

/** Rows far from each other to begin with: each is drawn with a chance that grows with its squared distance to those before (Arthur and Vassilvitskii 2007). */
function spreadOut(rows: Float32Array, width: number, k: number, random: Random): Float64Array {
  const count = rows.length / width;
  const far = new Float64Array(count).fill(1);
  const chosen: number[] = [];
  for (let centre = 0; centre < k; centre++) {
    const row = drawBy(far, random);
    if (row === undefined) break;
    chosen.push(...rows.subarray(row * width, (row + 1) * width));
    const centres = Float64Array.from(chosen);
    for (let other = 0; other < count; other++) {
      const distance = squaredDistance(rows, other * width, centres, centre * width, width);
      far[other] = centre === 0 ? distance : Math.min(far[other], distance);
    }
  }
  return Float64Array.from(chosen);
}

/** An index drawn by weights; undefined where all are 0. */
function drawBy(weights: Float64Array, random: Random): number | undefined {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return undefined;
  let left = random.uniform() * total;
  const found = weights.findIndex((weight) => weight > 0 && (left -= weight) < 0);
  return found >= 0 ? found : weights.findLastIndex((weight) => weight > 0);
}

function squaredDistance(rows: Float32Array, row: number, centres: Float64Array, centre: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += (rows[row + i] - centres[centre + i]) ** 2;
  return sum;
}
