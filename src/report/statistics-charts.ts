import type { RunResult } from '../shared/run/metrics.js';
import type { ReliabilityBin, SplitStatistics } from '../shared/run/statistics.js';
import type { Chart, ChartSeries } from './charts.js';

/** Reliability diagram and decision curve of the test slides. */
export function statisticsCharts(result: RunResult | undefined): Chart[] {
  const test = result?.statistics?.test;
  const ofClasses = result?.classStatistics?.test;
  const charts = test ? [reliability(test.calibration.equalMass, positive), decisions(test)] : ofClasses ? [reliability(ofClasses.topClass.equalMass, likeliest)] : [];
  return charts.filter(({ series }) => series[0]!.points.length > 0);
}

const positive = { title: 'Reliability on test', of: 'predicted probability: the share that is positive', yLabel: 'share positive' };
const likeliest = { title: 'Reliability on test, likeliest class', of: 'the probability of their likeliest class: the share that has it', yLabel: 'share with that class' };

function reliability(equalMass: readonly ReliabilityBin[], { title, of, yLabel }: typeof positive): Chart {
  return {
    id: 'reliability',
    title,
    caption: `Slides in bins of equal number by ${of}, with Wilson intervals, against the mean prediction. On the dashed line predictions mean what they say; below it they are too high.`,
    xLabel: 'predicted probability',
    yLabel,
    xRange: [0, 1],
    yRange: [0, 1],
    series: [
      { name: 'test', points: equalMass.map(({ predicted, observed, low, high }) => ({ x: predicted, y: observed, low, high })) },
      { name: 'perfect', reference: true, points: [{ x: 0, y: 0 }, { x: 1, y: 1 }] },
    ],
  };
}

function decisions({ decisionCurve, positives, negatives }: SplitStatistics): Chart {
  const prevalence = positives.slides / (positives.slides + negatives.slides);
  // Far below 0 nobody would treat all: that part would press the rest flat.
  const shown = decisionCurve.map(({ threshold, model, all }) => ({ threshold, model: Math.max(model, -0.05), all: all < -0.05 ? undefined : all }));
  const series: ChartSeries[] = [
    { name: 'model', points: shown.map(({ threshold, model }) => ({ x: threshold, y: model })) },
    { name: 'treat all', reference: true, points: shown.flatMap(({ threshold, all }) => (all === undefined ? [] : [{ x: threshold, y: all }])) },
    { name: 'treat none', reference: true, points: [{ x: 0, y: 0 }, { x: 1, y: 0 }] },
  ];
  return {
    id: 'decision',
    title: 'Decision curve on test',
    caption: `Net benefit of treating slides at or above a threshold probability, one false alarm weighing t/(1 − t) hits, against treating all or none. Right for patients among whom ${(prevalence * 100).toFixed(0)} % are positive, as here; values below −0.05 are drawn there.`,
    xLabel: 'threshold probability',
    yLabel: 'net benefit',
    xRange: [0, 1],
    series,
  };
}
