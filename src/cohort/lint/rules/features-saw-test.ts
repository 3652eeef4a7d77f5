import type { CohortRule } from '../contract.js';

/** Stored features of test or validation slides that the encoder has learnt from, or of test slides it was chosen by. */
export const featuresSawTest: CohortRule = {
  code: 'features-saw-test',
  find({ slides, splits, encoderMarks, placeOf }) {
    const seen = slides.flatMap((slide) => {
      const mark = encoderMarks.get(slide.id);
      if (!mark || mark.seenAs === 'nothing') return [];
      // Of a cross-validation, each run tests on others.
      const part = splits.map((split) => split.get(slide.id)).find((here) => here !== undefined && here !== 'train' && (mark.seenAs === 'train' || here !== 'validation'));
      return part === undefined ? [] : [{ slide, part, mark }];
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
