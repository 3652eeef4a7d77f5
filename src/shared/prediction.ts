/** What a probability says of a slide: the called label, and whether the cohort table says otherwise. */
export function callOf({ probability, threshold, label }: { readonly probability: number | null; readonly threshold: number | null; readonly label: number }): { readonly predicted: 0 | 1; readonly wrong: boolean } | undefined {
  if (probability === null || threshold === null) return undefined;
  const predicted = probability >= threshold ? 1 : 0;
  return { predicted, wrong: predicted !== label };
}
