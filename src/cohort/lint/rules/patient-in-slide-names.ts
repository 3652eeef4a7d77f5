import type { CohortSlide } from '../../contract.js';
import type { CohortRule, LintedCohort, RuleFinding } from '../contract.js';
import { participantsOf } from '../patients/participant.js';
import { plainId } from '../patients/plain-id.js';
import { slidesByStem } from '../patients/stems.js';
import { partsApart } from '../parts.js';

/** So many pairs are named; more of them have one cause. */
const named = 20;

/** Slides whose names tell of one participant, in different parts: the patient column is missing, or says otherwise. */
export const patientInSlideNames: CohortRule = {
  code: 'patient-in-slide-names',
  find: (cohort) => {
    const ofBarcodes = ofParticipants(cohort);
    return ofBarcodes.length > 0 ? ofBarcodes : ofStems(cohort);
  },
};

function ofParticipants(cohort: LintedCohort): RuleFinding[] {
  const participants = participantsOf(cohort.slides);
  const first = new Map<string, CohortSlide>();
  const found = cohort.slides.flatMap((slide): RuleFinding[] => {
    const participant = participants.get(slide.id);
    if (participant === undefined) return [];
    const before = first.get(participant);
    if (!before) first.set(participant, slide);
    // Of one patient in two parts, and of one id in two spellings, other rules speak.
    const apart = before && plainId(before.patient) !== plainId(slide.patient) ? partsApart(cohort, slide, before) : undefined;
    if (!before || !apart) return [];
    return [
      {
        message: `By their names slides "${slide.id}" (${apart[0]}) and "${before.id}" (${apart[1]}, line ${before.line}) are of one patient, ${participant}, in two parts of the split.`,
        remedy: `Write "${participant}" as the patient of both, so that they stay together.`,
        place: cohort.placeOf(slide),
      },
    ];
  });
  const more = found.length - named;
  return found.slice(0, named).map((finding, i) => (i === named - 1 && more > 0 ? { ...finding, message: `${finding.message} ${more} more pairs are not listed.` } : finding));
}

/** Where no barcode tells, names that differ in their ending alone may: said once, for it is a guess. */
function ofStems(cohort: LintedCohort): RuleFinding[] {
  const torn = [...slidesByStem(cohort.slides)].flatMap(([stem, [first, ...others]]) => {
    const other = others.find((slide) => partsApart(cohort, slide, first!));
    return other ? [{ stem, first: first!, other, parts: partsApart(cohort, other, first!)! }] : [];
  });
  const [one] = torn;
  if (!one) return [];
  return [
    {
      message: `Every slide counts as a patient of its own, but by their names several seem to be of one: "${one.other.id}" (${one.parts[0]}) and "${one.first.id}" (${one.parts[1]}, line ${one.first.line}), both of "${one.stem}". ${torn.length} such patient${torn.length === 1 ? ' is' : 's are'} in two parts of the split.`,
      remedy: `Add a patient column that says whose each slide is, here "${one.stem}", so that they stay together. If the slides are of different people, silence this rule with a reason.`,
      place: cohort.placeOf(one.other),
    },
  ];
}
