import type { SlideMetrics } from '../../shared/run/metrics.js';
import { bootstrapIntervals, type BootstrapOptions } from './bootstrap.js';
import { brierScore } from './brier.js';
import { accuracy, balancedAccuracy, confusionAt, f1 } from './decisions.js';
import { operatingPoints } from './operating-points.js';
import { auroc, averagePrecision } from './ranking.js';

/** A slide, what it is and what was predicted. */
export interface PredictedSlide {
  readonly patient: string;
  readonly label: 0 | 1;
  /** sigmoid(bag logit). */
  readonly probability: number;
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
    (indices) => {
      const label = Uint8Array.from(indices, (index) => labels[index]);
      const probability = Float64Array.from(indices, (index) => probabilities[index]);
      const points = operatingPoints(label, probability);
      const decisions = confusionAt(label, probability, threshold);
      return {
        auroc: points ? auroc(points) : null,
        averagePrecision: points ? averagePrecision(points) : null,
        accuracy: accuracy(decisions),
        balancedAccuracy: balancedAccuracy(decisions),
        f1: f1(decisions),
        brier: brierScore(label, probability),
      };
    },
    bootstrap,
  );
  return { slides: slides.length, patients: new Set(patients).size, threshold, loss, ...estimates };
}
