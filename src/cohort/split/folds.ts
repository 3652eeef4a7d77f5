import type { Random } from '../../shared/random.js';
import type { CohortSlide } from '../contract.js';
import type { Group } from './groups.js';
import { drawStrata } from './strata.js';

/** What a fold holds so far. */
interface Fold {
  groups: number;
  slides: number;
  slidesOfStratum: number;
  /** Decides where all else is equal. */
  readonly draw: number;
}

/**
 * Deals patients into folds, class by class in drawn order. Every class, and the whole, is spread so that
 * no fold has more than one patient more than another; among `folds` patients dealt at once, those with
 * many slides go where slides are few.
 * @returns the fold of each patient, counted from 1.
 */
export function dealPatients(patients: readonly Group[], folds: number, stratify: boolean, random: Random, stream: string): Map<Group, number> {
  const tie = random.fork(`${stream}/ties`);
  const piles = Array.from({ length: folds }, (): Fold => ({ groups: 0, slides: 0, slidesOfStratum: 0, draw: tie.uniform() }));
  const places = new Map<Group, number>();
  for (const { groups } of drawStrata(patients, stratify, random, stream)) {
    for (const pile of piles) pile.slidesOfStratum = 0;
    for (let start = 0; start < groups.length; start += folds) {
      const dealt = groups.slice(start, start + folds).sort((a, b) => b.slides.length - a.slides.length);
      // A last, shorter deal goes to the folds with the fewest patients: the whole stays even too.
      const takers = [...piles].sort((a, b) => a.groups - b.groups || compare(a, b)).slice(0, dealt.length).sort(compare);
      dealt.forEach((group, i) => {
        put(takers[i]!, group);
        places.set(group, piles.indexOf(takers[i]!) + 1);
      });
    }
  }
  return places;
}

function compare(a: Fold, b: Fold): number {
  return a.slidesOfStratum - b.slidesOfStratum || a.slides - b.slides || a.draw - b.draw;
}

function put(pile: Fold, { slides }: Group): void {
  pile.groups++;
  pile.slides += slides.length;
  pile.slidesOfStratum += slides.length;
}

/**
 * Deals whole sites into folds, the largest first, each to the fold where it leaves the counts of each class
 * most even. Sites cannot be cut, so folds are as even as sites allow; none is empty while there are sites enough.
 * @returns the fold of each site, counted from 1.
 */
export function dealSites(sites: readonly Group[], folds: number, random: Random, stream: string): Map<Group, number> {
  const labels = [...new Set(sites.flatMap(({ slides }) => slides.map(labelOf)))];
  const counts = Array.from({ length: folds }, () => new Map<string, number>());
  const filled = new Set<number>();
  const places = new Map<Group, number>();
  const drawn = random.fork(stream).shuffle(sites).sort((a, b) => b.slides.length - a.slides.length);
  drawn.forEach((site, i) => {
    const empty = counts.map((_, fold) => fold).filter((fold) => !filled.has(fold));
    const open = empty.length >= drawn.length - i ? empty : counts.map((_, fold) => fold);
    const unevenness = (fold: number): number => labels.reduce((sum, label) => sum + (2 * (counts[fold]!.get(label) ?? 0) + countOf(site, label)) * countOf(site, label), 0);
    const fold = open.reduce((least, other) => (unevenness(other) < unevenness(least) ? other : least));
    for (const label of labels) counts[fold]!.set(label, (counts[fold]!.get(label) ?? 0) + countOf(site, label));
    filled.add(fold);
    places.set(site, fold + 1);
  });
  return places;
}

function countOf({ slides }: Group, label: string): number {
  return slides.filter((slide) => labelOf(slide) === label).length;
}

function labelOf({ classes }: CohortSlide): string {
  return classes.join();
}
