import type { CohortSlide } from '../../contract.js';
import type { CohortRule } from '../contract.js';

/** Two patients in different parts whose ids differ only in how they are written: very likely one. */
export const patientIdsAlike: CohortRule = {
  code: 'patient-ids-alike',
  find({ slides, split, placeOf }) {
    const spellings = new Map<string, Map<string, CohortSlide>>();
    for (const slide of slides) {
      const plain = plainId(slide.patient);
      if (plain === '') continue;
      const known = spellings.get(plain) ?? new Map<string, CohortSlide>();
      if (!known.has(slide.patient)) known.set(slide.patient, slide);
      spellings.set(plain, known);
    }
    return [...spellings.values()].flatMap((written) => {
      const [first, ...others] = [...written.values()];
      return others.filter(({ id }) => split.get(id) !== split.get(first!.id)).map((slide) => ({
        message: `The patients "${slide.patient}" (${split.get(slide.id)}) and "${first!.patient}" (${split.get(first!.id)}, line ${first!.line}) have one id written in two ways: they are probably one patient in two parts of the split.`,
        remedy: `Write "${first!.patient}" in both rows if they are one. If they are two people, silence this rule with a reason.`,
        place: placeOf(slide),
      }));
    });
  },
};

/** Without case, spaces, separators that stand between letters and digits, and zeros that lead a number: "P-017" is "p17". */
function plainId(id: string): string {
  return id.normalize('NFKC').toLowerCase().replace(/\s+/g, '').replace(/(?<=\p{L})[-_.]+(?=\d)/gu, '').replace(/(?<!\d)0+(?=\d)/g, '');
}
