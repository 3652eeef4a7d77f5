import type { SplitStatistics } from '../../shared/run/statistics.js';
import type { PredictedSlide } from '../metrics/slides.js';
import { atSpecificity, type Predicted } from './at-specificity.js';
import { decisionCurve } from './decision-curve.js';
import { delongInterval } from './delong.js';
import { recalibration } from './recalibration.js';
import { reliability } from './reliability.js';

/** Specificities that operating points are told at. */
const targets = [0.9, 0.95];

/**
 * All that is told of the predictions of a split beside its metrics.
 * @param validation what chose the thresholds of the operating points; may be `slides` itself.
 * @param level of the intervals, e.g. 0.95.
 */
export function slideStatistics(slides: readonly PredictedSlide[], validation: readonly PredictedSlide[], level: number): SplitStatistics {
  const sample = predicted(slides);
  const { labels, probabilities } = sample;
  const chosenOn = predicted(validation);
  return {
    positives: countOf(slides, 1),
    negatives: countOf(slides, 0),
    delong: delongInterval({ labels, patients: slides.map(({ patient }) => patient) }, probabilities, level),
    calibration: { ...reliability(sample, level), ...recalibration(labels, probabilities, level) },
    operatingPoints: targets.map((target) => atSpecificity(chosenOn, sample, target, level)),
    decisionCurve: slides.length === 0 ? [] : decisionCurve(labels, probabilities),
  };
}

function predicted(slides: readonly PredictedSlide[]): Predicted {
  return { labels: Uint8Array.from(slides, ({ label }) => label), probabilities: Float64Array.from(slides, ({ probability }) => probability) };
}

function countOf(slides: readonly PredictedSlide[], label: 0 | 1): { slides: number; patients: number } {
  const own = slides.filter((slide) => slide.label === label);
  return { slides: own.length, patients: new Set(own.map(({ patient }) => patient)).size };
}
