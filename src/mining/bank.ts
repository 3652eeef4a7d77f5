/** The patches a round mined, as indices that mean the same patch in every round; ascending. */
export interface Bank {
  readonly positives: Int32Array;
  readonly hardNegatives: Int32Array;
}

export interface BankChange {
  readonly added: number;
  readonly kept: number;
  readonly dropped: number;
}

/** The bank against that of the round before; all of it is new in the first round. */
export function changeOf(bank: Bank, previous: Bank | undefined): BankChange {
  const size = bank.positives.length + bank.hardNegatives.length;
  if (!previous) return { added: size, kept: 0, dropped: 0 };
  const kept = common(bank.positives, previous.positives) + common(bank.hardNegatives, previous.hardNegatives);
  return { added: size - kept, kept, dropped: previous.positives.length + previous.hardNegatives.length - kept };
}

/** How many numbers two ascending lists share. */
function common(left: Int32Array, right: Int32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      shared++;
      i++;
      j++;
    } else if (left[i] < right[j]) i++;
    else j++;
  }
  return shared;
}

/**
 * Share of the patches whose truth is the expected one, among those whose truth is known; null
 * where none is.
 *
 * @param truth of every patch: 1, 0, or −1 where unknown.
 */
export function precisionAgainst(truth: Int8Array | undefined, patches: Int32Array, expected: 0 | 1): number | null {
  if (!truth) return null;
  const known = patches.filter((patch) => truth[patch] >= 0);
  return known.length === 0 ? null : known.filter((patch) => truth[patch] === expected).length / known.length;
}
