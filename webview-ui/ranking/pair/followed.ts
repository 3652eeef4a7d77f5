import { computed, effect, signal } from '@preact/signals';
import type { RankedPair, TopPatches } from '../../../src/shared/rpc/rankings.js';
import { pair } from '../state.js';

export type Side = 'positive' | 'negative';

/** A patch by its side and its place in the top K, 0 highest. */
export interface Followed {
  readonly side: Side;
  readonly place: number;
}

/** How many of each side are followed until the person says otherwise. */
const atFirst = 3;

const chosen = signal<readonly Followed[]>([]);

/** The patches whose rank is shown over the rounds. */
export const followed = computed(() => chosen.value.filter(({ side, place }) => place < (pair.value?.[side].indices.length ?? 0)));

// Another pair has other patches.
let followedOf: RankedPair | undefined;
effect(() => {
  const shown = pair.value;
  if (shown && keyOf(shown) !== (followedOf && keyOf(followedOf))) chosen.value = [...firstOf('positive', shown.positive), ...firstOf('negative', shown.negative)];
  followedOf = shown;
});

export function isFollowed(side: Side, place: number): boolean {
  return followed.value.some((one) => one.side === side && one.place === place);
}

export function follow({ side, place }: Followed, on: boolean): void {
  const others = chosen.peek().filter((one) => one.side !== side || one.place !== place);
  chosen.value = on ? [...others, { side, place }] : others;
}

function firstOf(side: Side, { indices }: TopPatches): Followed[] {
  return Array.from({ length: Math.min(atFirst, indices.length) }, (_, place) => ({ side, place }));
}

function keyOf({ positive, negative }: RankedPair): string {
  return JSON.stringify([positive, negative].map(({ slide, indices }) => [slide, ...indices.subarray(0, atFirst)]));
}
