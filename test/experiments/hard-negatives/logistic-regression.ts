/** Weights and bias of an L2-regularised logistic regression on standardised columns, by gradient descent with backtracking. */
export function fitLogisticRegression(rows: readonly Float64Array[], labels: readonly number[], l2: number): (row: Float64Array) => number {
  const width = rows[0]!.length;
  const mean = new Float64Array(width);
  const deviation = new Float64Array(width);
  for (const row of rows) row.forEach((value, i) => (mean[i]! += value / rows.length));
  for (const row of rows) row.forEach((value, i) => (deviation[i]! += (value - mean[i]!) ** 2 / rows.length));
  const standardise = (row: Float64Array) => row.map((value, i) => (value - mean[i]!) / Math.sqrt(deviation[i]! + 1e-12));
  const inputs = rows.map(standardise);
  let weights = new Float64Array(width + 1);
  const logit = (w: Float64Array, x: Float64Array) => x.reduce((sum, value, i) => sum + value * w[i]!, w[width]!);
  const loss = (w: Float64Array) =>
    inputs.reduce((sum, x, n) => sum + softplus(labels[n] === 1 ? -logit(w, x) : logit(w, x)), 0) / inputs.length + (l2 / 2) * w.subarray(0, width).reduce((sum, value) => sum + value * value, 0);
  let step = 1;
  for (let iteration = 0; iteration < 300; iteration++) {
    const gradient = new Float64Array(width + 1);
    inputs.forEach((x, n) => {
      const error = (1 / (1 + Math.exp(-logit(weights, x))) - labels[n]!) / inputs.length;
      x.forEach((value, i) => (gradient[i]! += error * value));
      gradient[width]! += error;
    });
    for (let i = 0; i < width; i++) gradient[i]! += l2 * weights[i]!;
    const norm = gradient.reduce((sum, value) => sum + value * value, 0);
    if (norm < 1e-10) break;
    const before = loss(weights);
    step *= 2;
    let next = weights.map((w, i) => w - step * gradient[i]!);
    while (loss(next) > before - 0.5 * step * norm && step > 1e-12) {
      step /= 2;
      next = weights.map((w, i) => w - step * gradient[i]!);
    }
    weights = next;
  }
  return (row) => 1 / (1 + Math.exp(-logit(weights, standardise(row))));
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
