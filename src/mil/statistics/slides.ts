import type { SplitStatistics } from '../../shared/run/statistics.js';
import type { PredictedSlide } from '../metrics/slides.js';
import { atSpecificity, type Predicted } from './at-specificity.js';
import { decisionCurve } from './decision-curve.js';
import { delongInterval } from './delong.js';
import { recalibration } from './recalibration.js';
import { equalMassBins, equalWidthBins, expectedCalibrationError } from './reliability.js';

/** Specificities that operating points are told at. */
const targets = [0.9, 0.95];
/** Bins of equal width, as calibration errors are usually told. */
const bins = 10;
/** A bin of equal mass says little with fewer slides. */
const fewestInBin = 5;

/**
 * All that is told of the predictions of a split beside its metrics.
 * @param validation what chose the thresholds of the operating points; may be `slides` itself.
 * @param level of the intervals, e.g. 0.95.
 */
export function slideStatistics(slides: readonly PredictedSlide[], validation: readonly PredictedSlide[], level: number): SplitStatistics {
  const sample = predicted(slides);
  const { labels, probabilities } = sample;
  const chosenOn = predicted(validation);
  const equalMass = equalMassBins(sample, Math.max(2, Math.min(bins, Math.floor(slides.length / fewestInBin))), level);
  const equalWidth = equalWidthBins(sample, bins, level);
  return {
    positives: countOf(slides, 1),
    negatives: countOf(slides, 0),
    delong: delongInterval({ labels, patients: slides.map(({ patient }) => patient) }, probabilities, level),
    calibration: { equalMass, equalWidth, ece: { equalMass: expectedCalibrationError(equalMass), equalWidth: expectedCalibrationError(equalWidth) }, ...recalibration(labels, probabilities, level) },
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
