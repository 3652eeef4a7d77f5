/** p values corrected for their number by Holm 1979 (Scand. J. Statist. 6:65), in the order given: holds the chance of any false finding. */
export function holm(ps: readonly number[]): number[] {
  const order = ascending(ps);
  const corrected = new Array<number>(ps.length);
  order.reduce((least, index, i) => (corrected[index] = Math.max(least, Math.min(1, ps[index]! * (ps.length - i)))), 0);
  return corrected;
}

/** p values corrected by Benjamini & Hochberg 1995 (J. R. Statist. Soc. B 57:289): holds the expected share of false findings. */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  const order = ascending(ps);
  const corrected = new Array<number>(ps.length);
  order.reduceRight((most, index, i) => (corrected[index] = Math.min(most, (ps[index]! * ps.length) / (i + 1))), 1);
  return corrected;
}

function ascending(ps: readonly number[]): number[] {
  return [...ps.keys()].sort((a, b) => ps[a]! - ps[b]!);
}
