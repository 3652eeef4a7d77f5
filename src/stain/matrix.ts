/** Three numbers: a colour, an optical density, a row of a matrix. */
export type Vector = readonly [number, number, number];
export type Matrix = readonly [Vector, Vector, Vector];

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The vector at length 1; zero stays zero. */
export function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector) || 1;
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}

/** Inverse of a 3 × 3 matrix by its adjugate. */
export function inverse(m: Matrix): Matrix {
  const minor = (row: number, column: number): number => {
    const [a, b] = [0, 1, 2].filter((r) => r !== row);
    const [c, d] = [0, 1, 2].filter((k) => k !== column);
    return (m[a][c] * m[b][d] - m[a][d] * m[b][c]) * ((row + column) % 2 ? -1 : 1);
  };
  const determinant = [0, 1, 2].reduce((sum, column) => sum + m[0][column] * minor(0, column), 0);
  const row = (r: number): Vector => [minor(0, r) / determinant, minor(1, r) / determinant, minor(2, r) / determinant];
  return [row(0), row(1), row(2)];
}

/** Unit eigenvectors of a symmetric matrix, that of the largest eigenvalue first (Jacobi's rotations). */
export function eigenvectors(symmetric: Matrix): Matrix {
  const a = symmetric.map((row) => [...row]);
  const v = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
  for (let sweep = 0; sweep < 32; sweep++) {
    for (const [p, q] of [[0, 1], [0, 2], [1, 2]]) {
      if (a[p][q] === 0) continue;
      const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
      const c = 1 / Math.hypot(t, 1);
      const s = t * c;
      for (const m of [a, v]) {
        for (const row of m) [row[p], row[q]] = [c * row[p] - s * row[q], s * row[p] + c * row[q]];
      }
      [a[p], a[q]] = [a[p].map((value, k) => c * value - s * a[q][k]), a[p].map((value, k) => s * value + c * a[q][k])];
    }
  }
  const column = (k: number): Vector => [v[0][k], v[1][k], v[2][k]];
  const order = [0, 1, 2].sort((i, j) => a[j][j] - a[i][i]);
  return [column(order[0]), column(order[1]), column(order[2])];
}
