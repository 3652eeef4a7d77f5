import type { CohortSlide, SplitName } from '../cohort/contract.js';

/** A slide of the cohort as the rounds see it: a bag of instances, where they lie, who may look at it. */
export interface Bag extends CohortSlide {
  readonly split: SplitName;
  /** Content hash of what the patches come from; part of every cache key. */
  readonly hash: string;
  /** Instances. */
  readonly count: number;
  /** Left and top edges and the edge of the patches, level-0 pixels; undefined for stores without coordinates. */
  readonly coords: { readonly x: Float64Array; readonly y: Float64Array; readonly size0: number } | undefined;
  /** Instance truth 1, 0 or −1 (unknown), for reporting only; undefined where the cohort has none. */
  readonly truth: Int8Array | undefined;
}

/** What a bag is: 1 for each output it has, else 0 [C]. */
export function labelOf({ classes }: Pick<Bag, 'classes'>, outputs: number): Float32Array {
  return Float32Array.from({ length: outputs }, (_, output) => (classes.includes(output) ? 1 : 0));
}

/** The bags of a split, in cohort order. */
export function ofSplit(bags: readonly Bag[], ...splits: SplitName[]): Bag[] {
  return bags.filter((bag) => splits.includes(bag.split));
}
