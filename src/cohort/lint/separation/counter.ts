/** Of all numbers from the first to the last, so many may be missing: slides are left out of cohorts. */
const mostMissing = 0.1;

/**
 * Whether numbers only count slides or patients on. Those of a table in the order of its classes separate them, and
 * mean nothing.
 * @param patients of the slides, as many as numbers: no two of them share a number that counts.
 */
export function countsOn(numbers: readonly number[], patients: readonly string[]): boolean {
  const owners = new Map<number, string>();
  for (const [i, number] of numbers.entries()) {
    if (!Number.isInteger(number) || (owners.get(number) ?? patients[i]!) !== patients[i]!) return false;
    owners.set(number, patients[i]!);
  }
  const [first, last] = [...owners.keys()].reduce(([least, most], number) => [Math.min(least, number), Math.max(most, number)] as const, [Infinity, -Infinity] as const);
  return owners.size > 1 && owners.size >= (1 - mostMissing) * (last - first + 1);
}
