import type { CohortSlide } from '../../contract.js';
import type { CohortRule, LintedCohort } from '../contract.js';
import { logTail } from '../separation/hypergeometric.js';

const sick = /^(p(os(itive)?)?|t(um(o|ou)rs?|umou?ral|umou?rous)?|cancer(ous)?|malign(ant|ancy)|([\p{L}-]*)carcinomas?|sarcomas?|melanomas?|lymphomas?|gliomas?|metast(asis|ases|atic|asized)|mets?|diseased?|disorder|abnormal|lesions?|cases?|patients?|mutant|mutated|mutation|mut|msi([ -]?h(igh)?)?|dmmr|responders?|recurrence|recurrent|relapsed?|progress(ion|ive|or)|dead|deceased|died|high|yes|true|1|\+)$/iu;
const healthy = /^(n(eg(ative)?)?|normals?|benign|healthy|controls?|unaffected|wild[ _-]?type|wt|mss|msi[ -]?l(ow)?|pmmr|stable|alive|living|survived|low|none|nothing|false|0|-)$/iu;
const denial = /^(non?|not|without|absence of)[ _-]*/iu;
/** A word behind the stem of both names: "HPV+" and "HPV-", "KRAS mutant" and "KRAS wild-type". */
const stems = /^(.*?)[ _]*(\+|-|(?<=[ _(])[\p{L}\d-]+)\)?$/u;

/** Share of the negative slides that hold truth, and of the positive ones that hold none, before the order is doubted. */
const mostly = 0.5;
const logRare = Math.log(0.05);

/** Class names that stand in the wrong order, or labels that instance truth speaks against: the negative class comes first. */
export const labelOrderFlipped: CohortRule = {
  code: 'label-order-flipped',
  find: (cohort) => {
    const { classes, negative } = cohort.experiment.cohort;
    if (!negative || classes.length !== 2) return [];
    const [first, second] = classes;
    const why = isFlipped(first, second) ? '' : againstTruth(cohort);
    if (why === undefined) return [];
    const value = [second, first];
    return [
      {
        message: `"${first}" is taken for the negative class and "${second}" for the positive one.${why} Hard negatives would be mined from slides of "${first}", and sensitivity and specificity would change places.`,
        remedy: 'The negative class comes first.',
        place: cohort.placeIn(['cohort', 'classes']),
        fixes: [{ kind: 'set', title: `Set "cohort.classes" to ${JSON.stringify(value)}`, path: ['cohort', 'classes'], value }],
      },
    ];
  },
};

/** That instance truth is drawn on negative slides rather than on positive ones: of a few it may be a mistake, of most it is the order. */
function againstTruth({ slides, marked }: LintedCohort): string | undefined {
  if (!marked) return undefined;
  const [negatives, positives] = [0, 1].map((label) => slides.filter((slide) => slide.label === label));
  const held = (of: readonly CohortSlide[]): number => of.filter(({ id }) => marked.has(id)).length;
  const [on, off] = [held(negatives), held(positives)];
  if (on < mostly * negatives.length || off > (1 - mostly) * positives.length) return undefined;
  if (logTail(on, on + off, negatives.length, slides.length) > logRare) return undefined;
  return ` But the instance truth is drawn on ${on} of ${negatives.length} negative slides, and on ${off} of ${positives.length} positive ones.`;
}

/** Whether the first name says what the second denies. */
function isFlipped(first: string, second: string): boolean {
  if (says(first, second)) return true;
  if (denial.test(second) && second.replace(denial, '').toLowerCase() === first.toLowerCase()) return true;
  // What both have in common says nothing: before a word, or behind it ("tumor tissue", "normal tissue").
  const [one, other] = [first, second].map((name) => stems.exec(name));
  if (one && other && one[1] !== '' && one[1].toLowerCase() === other[1].toLowerCase()) return says(one[2], other[2]);
  const [words, others] = [first, second].map((name) => name.split(/[ _]+/));
  return words.length === 2 && others.length === 2 && words[1].toLowerCase() === others[1].toLowerCase() && says(words[0], others[0]);
}

function says(positive: string, negative: string): boolean {
  return sick.test(positive) && (healthy.test(negative) || (denial.test(negative) && sick.test(negative.replace(denial, ''))));
}
