/** Mean squared distance of probabilities from labels; null without any or where one is not a number. */
export function brierScore(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number | null {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += (probabilities[i] - labels[i]) ** 2;
  const score = sum / labels.length;
  return Number.isNaN(score) ? null : score;
}
