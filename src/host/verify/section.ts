import { Misfit } from './arrays.js';

/** How far one section of a golden file is from what was computed. */
export interface SectionReport {
  readonly name: string;
  /** Numbers compared. */
  readonly compared: number;
  readonly largestAbsolute: number;
  readonly largestRelative: number;
  /** Path inside the file of the largest relative difference. */
  readonly worst: string;
  readonly passed: boolean;
}

/** Says what "relative" means; printed below the table. */
export const relativeMeans =
  'Relative: the largest difference within an array over the largest magnitude expected in it, or over a thousandth of the largest in the same section of the same entry where that is more.';

/** Where a whole entry is zero, differences below this are nothing. */
const tiny = 1e-12;

interface Comparison {
  readonly path: string;
  readonly difference: number;
  readonly magnitude: number;
}

/** Collects the comparisons of one section. */
export class Section {
  private readonly finished: (Comparison & { readonly relative: number })[] = [];
  private entry: Comparison[] = [];
  private compared = 0;

  constructor(
    readonly name: string,
    readonly tolerance: number,
  ) {}

  /** Compares two arrays of the same length; null stands for an undefined number and equals only itself. @throws Misfit on other lengths. */
  compare(path: string, actual: ArrayLike<number | null>, expected: ArrayLike<number | null>): void {
    if (actual.length !== expected.length) throw new Misfit(`${path}: it has ${expected.length} numbers, computed are ${actual.length}`);
    let difference = 0;
    let magnitude = 0;
    for (let i = 0; i < expected.length; i++) {
      difference = Math.max(difference, distance(actual[i], expected[i]));
      magnitude = Math.max(magnitude, Math.abs(expected[i] ?? 0));
    }
    this.compared += expected.length;
    this.entry.push({ path, difference, magnitude });
  }

  /** Ends an entry of the file: its arrays share one scale. */
  endEntry(): void {
    const scale = Math.max(...this.entry.map(({ magnitude }) => magnitude));
    this.finished.push(...this.entry.map((comparison) => ({ ...comparison, relative: comparison.difference / Math.max(comparison.magnitude, scale / 1000, tiny) })));
    this.entry = [];
  }

  report(): SectionReport {
    const worst = this.finished.reduce((a, b) => (b.relative > a.relative ? b : a));
    return {
      name: this.name,
      compared: this.compared,
      largestAbsolute: Math.max(...this.finished.map(({ difference }) => difference)),
      largestRelative: worst.relative,
      worst: worst.path,
      passed: worst.relative <= this.tolerance,
    };
  }

  get isEmpty(): boolean {
    return this.finished.length === 0;
  }
}

function distance(actual: number | null, expected: number | null): number {
  if (actual === null || expected === null) return actual === expected ? 0 : Infinity;
  const difference = Math.abs(actual - expected);
  return Number.isNaN(difference) ? Infinity : difference;
}
