import { slideMetrics, type PredictedSlide } from '../../../../src/mil/metrics/index.js';
import { compareModels, slideStatistics } from '../../../../src/mil/statistics/index.js';
import { Random } from '../../../../src/shared/random.js';

const random = new Random(22);
const slides: PredictedSlide[] = Array.from({ length: 60 }, (_, i) => {
  const label = (i % 3 === 0 ? 1 : 0) as 0 | 1;
  return { patient: `p${Math.floor(i / 2)}`, label, probability: 1 / (1 + Math.exp(-(1.5 * (label - 0.4) + random.normal()))) };
});
const [validation, test] = [slides.slice(0, 24), slides.slice(24)];
const bootstrap = { resamples: 300, level: 0.95 };

/** All that a cohort of two sides is told: metrics, statistics and comparisons. `two-sided.json` holds what it was before there were several classes. */
export function twoSided(): string {
  const labels = test.map(({ label }) => label);
  const models = [0, 0.4].map((noise) => ({ probabilities: test.map(({ probability }) => Math.min(1, Math.max(0, probability + noise * (random.uniform() - 0.5)))), threshold: 0.45 }));
  const sample = { labels, patients: test.map(({ patient }) => patient) };
  return JSON.stringify(
    {
      test: slideMetrics(test, 0.45, 0.5, { ...bootstrap, random: new Random(1) }),
      statistics: { validation: slideStatistics(validation, validation, 0.95), test: slideStatistics(test, validation, 0.95) },
      compared: (['auroc', 'balancedAccuracy'] as const).map((metric) => compareModels(sample, models, metric, { ...bootstrap, random: () => new Random(2) })),
    },
    undefined,
    1,
  );
}
