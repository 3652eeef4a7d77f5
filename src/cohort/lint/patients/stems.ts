import type { CohortSlide } from '../../contract.js';

/** A block or section at the end of a slide's name: "H1017-A", "12_3", "B7.DX1". */
const ending = /^(.*\d.*?)[-_. ]+(\p{L}{0,2}\d{0,2})$/u;
const year = /^(19|20)\d\d$/;
/** Share of slides that must have others of their stem, before stems are taken for patients … */
const mostly = 0.8;
/** … and how many there are of one at most, in the mean, and how many endings there are. */
const slidesOfOne = 4;
const endings = 8;

/**
 * Slides by the stem of their names, where a cohort whose slides count as a patient each looks like one of several slides a
 * patient: nearly all have others of their stem, a few each, that differ in one of a few endings.
 */
export function slidesByStem(slides: readonly CohortSlide[]): Map<string, CohortSlide[]> {
  const stems = new Map<string, CohortSlide[]>();
  if (slides.some(({ id, patient }) => id !== patient)) return stems;
  const ends = new Set<string>();
  for (const slide of slides) {
    const [, stem, end] = ending.exec(slide.id) ?? [];
    if (stem === undefined || end === undefined || year.test(stem)) continue;
    ends.add(end);
    stems.set(stem, [...(stems.get(stem) ?? []), slide]);
  }
  const several = [...stems].filter(([, own]) => own.length > 1);
  const covered = several.reduce((sum, [, own]) => sum + own.length, 0);
  const looksSo = several.length >= 3 && covered >= mostly * slides.length && covered <= slidesOfOne * several.length && ends.size <= endings;
  return looksSo ? new Map(several) : new Map<string, CohortSlide[]>();
}
