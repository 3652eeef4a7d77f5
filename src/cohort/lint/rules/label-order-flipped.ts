import type { CohortRule } from '../contract.js';

const sick = /^(pos(itive)?|tum(o|ou)rs?|cancer(ous)?|malign(ant|ancy)|carcinoma|metasta(sis|tic|ses)|disease[d]?|abnormal|mutant|mutated|mut|msi([ -]?h(igh)?)?|responder|yes|true|1|\+)$/i;
const healthy = /^(neg(ative)?|normal|benign|healthy|controls?|non[ _-]?(tum(o|ou)r|cancer|malignant|responder)|no[ _-]?(tum(o|ou)r|cancer)|wild[ _-]?type|wt|mss|no|false|0|-)$/i;

/** Class names that stand in the wrong order: the negative class comes first. */
export const labelOrderFlipped: CohortRule = {
  code: 'label-order-flipped',
  find({ experiment: { cohort }, placeIn }) {
    const [first, second] = cohort.classes;
    if (!cohort.negative || cohort.classes.length !== 2 || !sick.test(first) || !healthy.test(second)) return [];
    const value = [second, first];
    return [
      {
        message: `"${first}" is taken for the negative class and "${second}" for the positive one. Hard negatives would be mined from slides of "${first}", and sensitivity and specificity would change places.`,
        remedy: 'The negative class comes first.',
        place: placeIn(['cohort', 'classes']),
        fixes: [{ kind: 'set', title: `Set "cohort.classes" to ${JSON.stringify(value)}`, path: ['cohort', 'classes'], value }],
      },
    ];
  },
};
