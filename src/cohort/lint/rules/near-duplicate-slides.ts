import { isDeepStrictEqual } from 'node:util';
import type { CohortRule } from '../contract.js';
import type { CohortSlide } from '../../contract.js';
import { partsApart } from '../parts.js';
import { comparable, pairsAlike } from '../prints/likeness.js';
import type { SlidePrint } from '../prints/print.js';

/** So many pairs are named; more of them have one cause. */
const named = 20;

/** Slides of different parts that look the same: a section scanned twice, a file converted or scaled, a part cut out. */
export const nearDuplicateSlides: CohortRule = {
  code: 'near-duplicate-slides',
  find(cohort) {
    const { slides, prints, placeOf } = cohort;
    const known = slides.flatMap((slide) => {
      const print = prints.get(slide.id);
      return print && comparable(print) ? [{ slide, print }] : [];
    });
    const pairs = pairsAlike(known.map(({ print }) => print)).flatMap(([a, b]) => {
      const [before, slide] = [known[a], known[b]];
      // The very same content is an error of its own, and so is one patient in two parts.
      const parts = sameFile(before, slide) ? undefined : partsApart(cohort, before.slide, slide.slide);
      return parts ? [{ before: before.slide, slide: slide.slide, parts }] : [];
    });
    return pairs.slice(0, named).map(({ before, slide, parts }, i) => {
      const more = i === named - 1 && pairs.length > named ? ` ${pairs.length - named} more pairs are not listed.` : '';
      return {
        message: `Slide "${slide.id}" (${parts[1]}) looks the same as slide "${before.id}" (${parts[0]}, line ${before.line}).${more}`,
        remedy: 'If they show the same tissue, give both the same patient or remove one: what was learnt from one would be tested on the other. If not, silence this rule with a reason.',
        place: placeOf(slide),
      };
    });
  },
};

interface Known {
  readonly slide: CohortSlide;
  readonly print: SlidePrint;
}

function sameFile(a: Known, b: Known): boolean {
  return a.slide.path === b.slide.path || (a.print.bytes === b.print.bytes && isDeepStrictEqual(a.print, b.print));
}
