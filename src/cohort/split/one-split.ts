import type { Random } from '../../shared/random.js';
import type { SplitName } from '../contract.js';
import type { Group } from './groups.js';
import { drawStrata } from './strata.js';

/** Shares of groups, 0–1. */
export interface Shares {
  readonly validation: number;
  readonly test: number;
}

/** Places each group in one of three parts, class by class: rounded shares, but while there are enough one at least for each part. */
export function drawOneSplit(groups: readonly Group[], shares: Shares, stratify: boolean, random: Random, stream: string): Map<Group, SplitName> {
  const places = new Map<Group, SplitName>();
  for (const { groups: drawn } of drawStrata(groups, stratify, random, stream)) {
    const { validation, test } = countsOf(drawn.length, shares);
    drawn.forEach((group, i) => places.set(group, i < test ? 'test' : i < test + validation ? 'validation' : 'train'));
  }
  return places;
}

/** The groups a share of each class goes to, at least one of each while another is left. */
export function drawShare(groups: readonly Group[], share: number, stratify: boolean, random: Random, stream: string): Set<Group> {
  return new Set(drawStrata(groups, stratify, random, stream).flatMap(({ groups: drawn }) => drawn.slice(0, within(share * drawn.length, drawn.length - 1))));
}

function countsOf(count: number, { validation, test }: Shares): Shares {
  const validated = within(validation * count, count >= 3 ? count - 2 : count - 1);
  return { validation: validated, test: within(test * count, count - 1 - validated) };
}

function within(wanted: number, most: number): number {
  return Math.max(0, Math.min(Math.max(1, Math.round(wanted)), most));
}
