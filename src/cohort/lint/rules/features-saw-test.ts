import type { CohortRule } from '../contract.js';

/** Stored features of test or validation slides that the encoder has learnt from, or of test slides it was chosen by. */
export const featuresSawTest: CohortRule = {
  code: 'features-saw-test',
  find({ slides, split, encoderMarks, placeOf }) {
    const seen = slides.flatMap((slide) => {
      const mark = encoderMarks.get(slide.id);
      const part = split.get(slide.id);
      if (!mark || part === undefined || part === 'train' || mark.seenAs === 'nothing') return [];
      return mark.seenAs === 'train' || part !== 'validation' ? [{ slide, part, mark }] : [];
    });
    const [first] = seen;
    if (!first) return [];
    const { runs, seenAs } = first.mark;
    return [
      {
        message: `The features of ${seen.length} slide${seen.length === 1 ? '' : 's'} that validate or test here come from an encoder that has seen these patients: "${first.slide.id}" is ${first.part} here and was ${seenAs} in the run ${runs.join(', after ')}.`,
        remedy: 'Extract features with an encoder that has never seen these patients, or use the split of that run.',
        place: placeOf(first.slide),
      },
    ];
  },
};
