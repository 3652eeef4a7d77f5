import type { RunRule } from './contract.js';
import { chanceOfRanking } from './rank-sum.js';

/** Chance below which a wrong order is no accident. */
const rare = 0.025;

/** Validation slides ranked the wrong way round, more often than chance would. */
export const aurocBelowHalf: RunRule = {
  code: 'auroc-below-half',
  find({ judged }) {
    const { value } = judged?.metrics.validation.auroc ?? { value: null };
    const validation = judged?.predictions?.filter(({ split }) => split === 'validation');
    if (value === null || value >= 0.5 || !validation) return [];
    const of = (label: number): number[] => validation.filter((slide) => slide.label === label).map(({ probability }) => probability);
    const chance = chanceOfRanking(of(1), of(0));
    if (chance >= rare) return [];
    return [
      {
        message: `In round ${judged!.metrics.round} validation slides are ranked the wrong way round: AUROC ${value.toFixed(3)}, by chance so low in ${chance < 0.001 ? 'less than 0.1' : (100 * chance).toFixed(1)} % of cases.`,
        remedy: 'Look whether "cohort.classes" names the negative class first, and whether the label column means the same in all rows. Where it does, something tells training slides apart that is reversed in validation: a scanner, a site.',
      },
    ];
  },
};
