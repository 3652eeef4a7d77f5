/** ln(n!) by n, grown as needed. */
const logFactorials = [0, 0];

function logFactorial(n: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1]! + Math.log(i));
  return logFactorials[n]!;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/**
 * ln P(X ≥ hits) where X counts the marked ones among `drawn` of `total` drawn without putting back, `marked` of them marked:
 * the one-sided exact test of Fisher (1935).
 */
export function logTail(hits: number, drawn: number, marked: number, total: number): number {
  const all = logChoose(total, drawn);
  let sum = 0;
  let largest = -Infinity;
  for (let x = Math.max(hits, 0, drawn - (total - marked)); x <= Math.min(drawn, marked); x++) {
    const term = logChoose(marked, x) + logChoose(total - marked, drawn - x) - all;
    if (term > largest) {
      sum = sum * Math.exp(largest - term) + 1;
      largest = term;
    } else sum += Math.exp(term - largest);
  }
  return sum === 0 ? -Infinity : Math.min(0, largest + Math.log(sum));
}
