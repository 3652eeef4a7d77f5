/** Two-sided 97.5 % quantiles of Student's t for 1 to 20 degrees of freedom. */
const t975 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086];

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviationOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
}

/** `0.912 ± 0.034`: mean and standard deviation over seeds. */
export function spread(values: readonly number[]): string {
  return `${meanOf(values).toFixed(3)} ± ${deviationOf(values).toFixed(3)}`;
}

/** `+0.012 [−0.003, 0.027]`: mean of the differences seed by seed, with its 95 % t-interval. */
export function pairedDifference(values: readonly number[], reference: readonly number[]): string {
  const differences = values.map((value, i) => value - reference[i]!);
  const mean = meanOf(differences);
  const half = (t975[Math.min(differences.length - 2, t975.length - 1)] ?? NaN) * (deviationOf(differences) / Math.sqrt(differences.length));
  return `${mean >= 0 ? '+' : ''}${mean.toFixed(3)} [${(mean - half).toFixed(3)}, ${(mean + half).toFixed(3)}]`;
}
