import * as metrics from '../../mil/metrics/index.js';
import { mineHardNegatives, minePositives, selfPacedRatio, type ScoredPatches } from '../../mining/index.js';
import type { GoldenMetrics, GoldenSchedule, GoldenSelection } from './golden.js';
import type { Section } from './section.js';

/** Compares the thresholds of the selection, and the patches it takes: each one missing or too many counts as 1. */
export function verifySelection(path: string, golden: GoldenSelection, sections: { readonly thresholds: Section; readonly patches: Section }): void {
  const patches: ScoredPatches = {
    scores: Float64Array.from(golden.slides.flatMap(({ scores }) => scores)),
    slideOf: Int32Array.from(golden.slides.flatMap(({ scores }, slide) => scores.map(() => slide))),
    labels: golden.slides.map(({ label }) => label),
  };
  const positives = minePositives(patches, golden.threshold, golden.positiveRatio);
  const hardNegatives = mineHardNegatives(patches, golden.hardNegativeRatio, 1);
  sections.thresholds.compare(`${path}.positiveThreshold`, [positives.threshold], [golden.positiveThreshold]);
  sections.thresholds.compare(`${path}.hardNegativeThreshold`, [hardNegatives.threshold], [golden.hardNegativeThreshold]);

  const names = golden.slides.flatMap(({ slide, scores }) => scores.map((_, index) => `${slide}[${index}]`));
  for (const [role, mined] of [['positives', positives.patches], ['hardNegatives', hardNegatives.patches]] as const) {
    const actual = new Set(Array.from(mined, (patch) => names[patch]));
    const expected = new Set(golden[role].map(({ slide, index }) => `${slide}[${index}]`));
    const all = [...new Set([...actual, ...expected])];
    sections.patches.compare(`${path}.${role}`, all.map((name) => Number(actual.has(name))), all.map((name) => Number(expected.has(name))));
  }
}

/** Compares every metric the entry names. */
export function verifyMetrics(path: string, golden: GoldenMetrics, section: Section): void {
  const { labels, scores } = golden;
  const points = metrics.operatingPoints(labels, scores);
  const best = points && metrics.maximumF1(points);
  const youden = points && metrics.confusionAt(labels, scores, metrics.youdenThreshold(points));
  const half = metrics.confusionAt(labels, scores, 0.5);
  const compare = (name: string, actual: number | null, expected: number | null | undefined) => {
    if (expected !== undefined) section.compare(`${path}.${name}`, [actual], [expected]);
  };
  compare('auroc', points ? metrics.auroc(points) : null, golden.auroc);
  compare('averagePrecision', points ? metrics.averagePrecision(points) : null, golden.averagePrecision);
  compare('areaUnderPrCurveTrapezoid', points ? metrics.areaUnderPrCurve(points) : null, golden.areaUnderPrCurveTrapezoid);
  compare('youden.accuracy', youden ? metrics.accuracy(youden) : null, golden.youden?.accuracy);
  // scikit-learn calls an empty precision and F1 zero.
  compare('youden.precision', youden ? (metrics.precision(youden) ?? 0) : null, golden.youden?.precision);
  compare('youden.recall', youden ? metrics.recall(youden) : null, golden.youden?.recall);
  compare('youden.f1', youden ? (metrics.f1(youden) ?? 0) : null, golden.youden?.f1);
  compare('maxF1', best ? best.f1 : null, golden.maxF1);
  compare('maxF1Threshold', best ? best.threshold : null, golden.maxF1Threshold);
  compare('at05.balancedAccuracy', metrics.balancedAccuracy(half), golden.at05?.balancedAccuracy);
  compare('at05.kappa', metrics.kappa(half), golden.at05?.kappa);
  compare('brier', metrics.brierScore(labels, scores), golden.brier);
}

/** Compares a ratio of the self-paced schedule. */
export function verifySchedule(path: string, golden: GoldenSchedule, section: Section): void {
  section.compare(`${path}.ratio`, [selfPacedRatio(golden)], [golden.ratio]);
}
