import type { CohortSlide } from '../../contract.js';
import type { CohortRule } from '../contract.js';
import { plainId } from '../patients/plain-id.js';
import { partsApart } from '../parts.js';

/** Two patients in different parts whose ids differ only in how they are written: very likely one. */
export const patientIdsAlike: CohortRule = {
  code: 'patient-ids-alike',
  find(cohort) {
    const spellings = new Map<string, Map<string, CohortSlide>>();
    for (const slide of cohort.slides) {
      const plain = plainId(slide.patient);
      if (plain === '') continue;
      const known = spellings.get(plain) ?? new Map<string, CohortSlide>();
      if (!known.has(slide.patient)) known.set(slide.patient, slide);
      spellings.set(plain, known);
    }
    return [...spellings.values()].flatMap((written) => {
      const all = [...written.values()];
      return all.flatMap((slide, i) => {
        const before = all.slice(0, i).find((other) => partsApart(cohort, slide, other));
        const [here, there] = before ? partsApart(cohort, slide, before)! : [];
        if (!before) return [];
        return {
          message: `The patients "${slide.patient}" (${here}) and "${before.patient}" (${there}, line ${before.line}) have one id written in two ways: they are probably one patient in two parts of the split.${unseen(slide.patient, before.patient)}`,
          remedy: `Write "${before.patient}" in both rows if they are one. If they are two people, silence this rule with a reason.`,
          place: cohort.placeOf(slide),
        };
      });
    });
  },
};

/** Where two ids look the same to the eye, what the difference is. */
function unseen(a: string, b: string): string {
  const codes = (id: string): Set<string> => new Set([...id].filter((letter) => letter > '\u007e'));
  const only = [...codes(a)].filter((letter) => !codes(b).has(letter)).concat([...codes(b)].filter((letter) => !codes(a).has(letter)));
  return only.length === 0 ? '' : ` They differ in ${only.map((letter) => `U+${letter.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`).join(', ')}, which may look like a common letter, or like nothing.`;
}
