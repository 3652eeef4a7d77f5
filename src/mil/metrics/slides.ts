import type { SlideMetrics } from '../../shared/run/metrics.js';
import { bootstrapIntervals, type BootstrapOptions } from './bootstrap.js';
import { brierScore } from './brier.js';
import { accuracy, balancedAccuracy, confusionAt, f1 } from './decisions.js';
import { operatingPoints } from './operating-points.js';
import { auroc, averagePrecision } from './ranking.js';
import { smallerSide } from './smaller-side.js';

/** A slide, what it is and what was predicted. */
export interface PredictedSlide {
  readonly patient: string;
  readonly label: 0 | 1;
  /** sigmoid(bag logit). */
  readonly probability: number;
}

/** The metrics of a sample; null where not defined. @param threshold a probability at or above it is called positive. */
export function slideValues(labels: ArrayLike<number>, probabilities: ArrayLike<number>, threshold: number) {
  const points = operatingPoints(labels, probabilities);
  const decisions = confusionAt(labels, probabilities, threshold);
  return {
    auroc: points ? auroc(points) : null,
    averagePrecision: points ? averagePrecision(points) : null,
    accuracy: accuracy(decisions),
    balancedAccuracy: balancedAccuracy(decisions),
    f1: f1(decisions),
    brier: brierScore(labels, probabilities),
  };
}

/**
 * Slide metrics of a split, each with its bootstrap interval over patients.
 *
 * @param threshold chosen on validation; a probability at or above it is called positive.
 * @param loss of the split, where it was computed.
 */
export function slideMetrics(slides: readonly PredictedSlide[], threshold: number, loss: number | null, bootstrap: BootstrapOptions): SlideMetrics {
  const labels = Uint8Array.from(slides, (slide) => slide.label);
  const probabilities = Float64Array.from(slides, (slide) => slide.probability);
  const patients = slides.map((slide) => slide.patient);
  const { estimates } = bootstrapIntervals(
    patients,
    (indices) => slideValues(Uint8Array.from(indices, (index) => labels[index]), Float64Array.from(indices, (index) => probabilities[index]), threshold),
    bootstrap,
  );
  return { slides: slides.length, patients: new Set(patients).size, ...smallerSide(patients, [labels]), threshold, loss, ...estimates };
}
