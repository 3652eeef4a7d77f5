/**
 * Patients with a positive slide, or with a negative one, whichever are fewer; over several kinds of label the fewest.
 * A side that nobody is on does not count: what needs it is not defined. Nothing where no slide is.
 * @param labels of each kind, those of all slides: 1 or 0.
 */
export function smallerSide(patients: readonly string[], labels: readonly ArrayLike<number>[]): { smallerSide?: number } {
  const on = (of: ArrayLike<number>, side: number): number => new Set(patients.filter((_, i) => of[i] === side)).size;
  const sides = labels.flatMap((of) => [on(of, 1), on(of, 0)]).filter((count) => count > 0);
  return sides.length === 0 ? {} : { smallerSide: Math.min(...sides) };
}
