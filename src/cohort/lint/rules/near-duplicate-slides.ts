import type { CohortRule } from '../contract.js';
import { comparable, pairsAlike } from '../prints/likeness.js';

/** So many pairs are named; more of them have one cause. */
const named = 20;

/** Slides of different parts that look the same: a section scanned twice, a file converted or scaled, a part cut out. */
export const nearDuplicateSlides: CohortRule = {
  code: 'near-duplicate-slides',
  find({ slides, split, prints, placeOf }) {
    const known = slides.flatMap((slide) => {
      const print = prints.get(slide.id);
      const part = split.get(slide.id);
      return print && part && comparable(print) ? [{ slide, print, part }] : [];
    });
    // The very same content is an error of its own.
    const pairs = pairsAlike(known.map(({ print }) => print)).filter(([a, b]) => known[a].part !== known[b].part && known[a].slide.path !== known[b].slide.path);
    return pairs.slice(0, named).map(([a, b], i) => {
      const [before, slide] = [known[a], known[b]];
      const more = i === named - 1 && pairs.length > named ? ` ${pairs.length - named} more pairs are not listed.` : '';
      return {
        message: `Slide "${slide.slide.id}" (${slide.part}) looks the same as slide "${before.slide.id}" (${before.part}, line ${before.slide.line}).${more}`,
        remedy: 'If they show the same tissue, give both the same patient or remove one: what was learnt from one would be tested on the other. If not, silence this rule with a reason.',
        place: placeOf(slide.slide),
      };
    });
  },
};
