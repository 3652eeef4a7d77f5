import type { CohortRule, LintedCohort } from '../contract.js';
import type { FeatureMoments } from '../feature-moments.js';
import { placeOfTable } from '../place.js';
import { contrastsOf } from '../separation/contrasts.js';
import { separationOfProperty } from '../separation/property.js';
import { tells } from '../separation/separate.js';

/** Share of a feature's variance that lies between slides, above which it is one number a slide, not one a patch. */
const ofTheSlide = 0.9;
/** So many are named. */
const named = 3;

/** One stored feature whose mean over a slide separates the classes: no patch need be looked at for it. */
export const labelInFeature: CohortRule = {
  code: 'label-in-feature',
  find(cohort) {
    // Features of several sizes are a finding of their own.
    const width = Math.min(...[...cohort.featureMoments.values()].map(({ mean }) => mean.length));
    if (!Number.isFinite(width)) return [];
    const tried = 2 * width * contrastsOf(cohort).length;
    const telling = Array.from({ length: width }, (_, feature) => feature).filter((feature) => {
      const separation = separationOfProperty(cohort, ({ id }) => cohort.featureMoments.get(id)?.mean[feature]);
      return separation !== undefined && tells(separation, tried);
    });
    return telling.length === 0 ? [] : [{ message: messageOf(telling, width, cohort), remedy, place: placeOfTable(cohort) }];
  },
};

const remedy = 'Find out where it comes from: a label or a batch that was written beside the features, an encoder trained on these very labels, or slides of the two classes made apart. Where it is the disease and the encoder is that good, silence this rule with that reason.';

function messageOf(telling: readonly number[], width: number, { featureMoments }: LintedCohort): string {
  const names = `${telling.slice(0, named).join(', ')}${telling.length > named ? ' and others' : ''}`;
  const which = telling.length === 1 ? `feature ${names} (of ${width}, counted from 0) alone` : `${telling.length} of the ${width} features (${names}, counted from 0), each alone,`;
  const constant = telling.filter((feature) => shareBetween([...featureMoments.values()], feature) >= ofTheSlide).length;
  const hardly = constant === 0 ? '' : ` ${constant === telling.length && constant === 1 ? 'It hardly varies' : `${constant} of them hardly ${constant === 1 ? 'varies' : 'vary'}`} within a slide; features of patches do.`;
  return `Of the stored features, ${which} ${telling.length === 1 ? 'tells' : 'tell'} by the mean over a slide the label of nearly every patient.${hardly}`;
}

/** Share of the variance of a feature over all patches that is between the slides (intraclass correlation). */
function shareBetween(moments: readonly FeatureMoments[], feature: number): number {
  const within = average(moments.map(({ variance }) => variance[feature]));
  const means = moments.map(({ mean }) => mean[feature]);
  const centre = average(means);
  const between = average(means.map((mean) => (mean - centre) ** 2));
  return between === 0 ? 0 : between / (between + within);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
