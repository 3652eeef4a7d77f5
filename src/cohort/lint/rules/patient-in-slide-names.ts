import type { CohortRule } from '../contract.js';

/** A barcode of TCGA or CPTAC: project, site, participant. */
const barcode = /\b(TCGA-[A-Z0-9]{2}-[A-Z0-9]{4}|C3[LN]-\d{5})(?![A-Z0-9])/i;

/** Slides whose barcodes name one participant, in different parts: the patient column is missing, or says otherwise. */
export const patientInSlideNames: CohortRule = {
  code: 'patient-in-slide-names',
  find({ slides, split, placeOf }) {
    const first = new Map<string, (typeof slides)[number]>();
    return slides.flatMap((slide) => {
      const participant = (barcode.exec(slide.id) ?? barcode.exec(slide.path))?.[1]?.toUpperCase();
      if (participant === undefined) return [];
      const before = first.get(participant);
      if (!before) first.set(participant, slide);
      // One patient in two parts is an error of its own.
      if (!before || before.patient === slide.patient || split.get(before.id) === split.get(slide.id)) return [];
      return [
        {
          message: `By their barcodes slides "${slide.id}" (${split.get(slide.id)}) and "${before.id}" (${split.get(before.id)}, line ${before.line}) are of one patient, ${participant}, in two parts of the split.`,
          remedy: `Write "${participant}" as the patient of both, so that they stay together.`,
          place: placeOf(slide),
        },
      ];
    });
  },
};
