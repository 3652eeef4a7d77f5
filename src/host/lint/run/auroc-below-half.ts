import { outputNames } from '../../../shared/experiment/classes.js';
import type { SlidePrediction } from '../../../shared/run/predictions.js';
import type { RunRule } from './contract.js';
import { chanceOfRanking } from './rank-sum.js';

/** Chance below which a wrong order is no accident. */
const rare = 0.025;

/** Validation slides ranked the wrong way round, more often than chance would; of several classes, by the probability of one of them. */
export const aurocBelowHalf: RunRule = {
  code: 'auroc-below-half',
  find({ experiment: { cohort }, judged }) {
    const validation = judged?.predictions?.filter(({ split }) => split === 'validation');
    if (!validation) return [];
    const { round, validation: metrics } = judged!.metrics;
    const names = outputNames(cohort);
    if (names.length === 1) {
      const wrong = turnedRound(metrics.auroc.value, validation.map(({ label, probability }) => ({ has: label === 1, probability })), rare);
      return wrong === undefined
        ? []
        : [
            {
              message: `In round ${round} validation slides are ranked the wrong way round: ${wrong}`,
              remedy: `Look whether "cohort.classes" names the negative class first, and whether the label column means the same in all rows. ${otherwise}`,
            },
          ];
    }
    return names.flatMap((name, k) => {
      // One of several classes is low by chance sooner than a single one.
      const wrong = turnedRound(metrics.classes?.[k]?.auroc.value ?? null, ofClass(validation, k), rare / names.length);
      return wrong === undefined ? [] : [{ message: `In round ${round} validation slides are ranked the wrong way round by the probability of "${name}" against the rest: ${wrong}`, remedy: `Look whether the label column means the same in all rows. ${otherwise}` }];
    });
  },
};

const otherwise = 'Where it does, something tells training slides apart that is reversed in validation: a scanner, a site.';

interface Ranked {
  readonly has: boolean;
  readonly probability: number;
}

function ofClass(predictions: readonly SlidePrediction[], k: number): Ranked[] {
  return predictions.flatMap(({ classes, probabilities }) => (classes && probabilities ? [{ has: classes.includes(k), probability: probabilities[k]! }] : []));
}

/** What is wrong with an order, in words; undefined where it is no worse than chance may make it. @param accident chance below which it is no accident. */
function turnedRound(auroc: number | null, slides: readonly Ranked[], accident: number): string | undefined {
  if (auroc === null || auroc >= 0.5) return undefined;
  const of = (positive: boolean): number[] => slides.filter(({ has }) => has === positive).map(({ probability }) => probability);
  const chance = chanceOfRanking(of(true), of(false));
  return chance >= accident ? undefined : `AUROC ${auroc.toFixed(3)}, by chance so low in ${chance < 0.001 ? 'less than 0.1' : (100 * chance).toFixed(1)} % of cases.`;
}
