import { verdicts, type Verdict } from '../../src/shared/judgements/verdicts.js';
import { roles, type Role } from '../../src/shared/run/tables.js';
import { standings, type Patches, type Standing } from './patches.js';

/** Which patches are shown. */
export interface Filter {
  /** A slide id, or a part of some; empty: all. */
  readonly slide: string;
  /** Scores from low to high, both included. */
  readonly low: number;
  readonly high: number;
  readonly role: Exclude<Role, 'none'> | 'any';
  readonly hidden: readonly Standing[];
  readonly verdict: Verdict | 'any' | 'judged';
}

/** What the patches are sorted by; equals by score, then in the order of the patches. */
export const sorts = ['score', 'score-up', 'slide', 'rank'] as const;
export type Sort = (typeof sorts)[number];

/** The hard negatives of the round; what it dropped is shown when asked for. */
export const usualFilter: Filter = { slide: '', low: 0, high: 1, role: 'hard-negative', hidden: ['dropped'], verdict: 'any' };

/** Places of the patches to show, in their order. */
export function orderOf(patches: Patches, filter: Filter, sort: Sort): Int32Array {
  const shown = places(patches, filter);
  const { score, rank, row, slideOf } = patches;
  const byScore = (a: number, b: number): number => score[b]! - score[a]! || row[a]! - row[b]!;
  switch (sort) {
    case 'score':
      return shown.sort(byScore);
    case 'score-up':
      return shown.sort((a, b) => byScore(b, a));
    case 'rank':
      return shown.sort((a, b) => rank[a]! - rank[b]! || byScore(a, b));
    case 'slide': {
      const position = slidePositions(patches.slides);
      return shown.sort((a, b) => position[slideOf[a]!]! - position[slideOf[b]!]! || byScore(a, b));
    }
  }
}

function places({ slides, slideOf, score, role, standing, verdict }: Patches, filter: Filter): Int32Array {
  const slideShown = slidesShown(slides, filter.slide);
  const wantedRole = filter.role === 'any' ? undefined : roles.indexOf(filter.role);
  const hidden = standings.map((name) => filter.hidden.includes(name));
  const wantedVerdict = filter.verdict === 'any' || filter.verdict === 'judged' ? undefined : verdicts.indexOf(filter.verdict);
  const shown = new Int32Array(score.length);
  let count = 0;
  for (let place = 0; place < score.length; place++) {
    if (!slideShown[slideOf[place]!] || score[place]! < filter.low || score[place]! > filter.high) continue;
    if (hidden[standing[place]!] || (wantedRole !== undefined && role[place] !== wantedRole)) continue;
    if (filter.verdict === 'judged' ? verdict[place] === 0 : wantedVerdict !== undefined && verdict[place] !== wantedVerdict) continue;
    shown[count++] = place;
  }
  return shown.slice(0, count);
}

/** A whole id stands for itself alone, so that "7" does not also mean "17". */
function slidesShown(slides: readonly string[], wanted: string): boolean[] {
  const exact = slides.indexOf(wanted);
  const part = wanted.trim().toLowerCase();
  return slides.map((slide, index) => (exact >= 0 ? index === exact : slide.toLowerCase().includes(part)));
}

/** Where each slide stands among all, numbers in ids compared as numbers. */
function slidePositions(slides: readonly string[]): Int32Array {
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const positions = new Int32Array(slides.length);
  [...slides.keys()].sort((a, b) => compare(slides[a]!, slides[b]!)).forEach((slide, position) => (positions[slide] = position));
  return positions;
}
