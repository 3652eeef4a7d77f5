import type { Estimate, SlideMetrics } from '../../shared/run/metrics.js';
import { bootstrapIntervals, type BootstrapOptions } from './bootstrap.js';
import { classValues, type ClassedSlide, type ClassOptions } from './class-values.js';
import { smallerSide } from './smaller-side.js';

/**
 * Slide metrics where there are several classes, each with its bootstrap interval over patients:
 * AUROC, average precision, F1 and Brier score are means over classes, each against the rest;
 * accuracy is the share of slides that are called exactly what they are, balanced accuracy the
 * mean of that share over the label values. A class that all or none of the slides have is left out of its mean.
 */
export function classMetrics(slides: readonly ClassedSlide[], options: ClassOptions, loss: number | null, bootstrap: BootstrapOptions): SlideMetrics {
  const { names } = options;
  const patients = slides.map(({ patient }) => patient);
  const valuesOf = classValues(slides, options);
  const { estimates } = bootstrapIntervals(
    patients,
    (indices) => {
      const { classes, ...means } = valuesOf(indices);
      return { ...means, ...Object.fromEntries(classes.flatMap((found, k) => [[`auroc/${k}`, found.auroc], [`averagePrecision/${k}`, found.averagePrecision]])) };
    },
    bootstrap,
  );
  const labels = names.map((_, k) => slides.map(({ classes }) => Number(classes.includes(k))));
  const of = (name: string): Estimate => (estimates as Record<string, Estimate>)[name]!;
  return {
    slides: slides.length,
    patients: new Set(patients).size,
    ...smallerSide(patients, labels),
    threshold: options.threshold,
    loss,
    auroc: of('auroc'),
    averagePrecision: of('averagePrecision'),
    accuracy: of('accuracy'),
    balancedAccuracy: of('balancedAccuracy'),
    f1: of('f1'),
    brier: of('brier'),
    classes: names.map((name, k) => ({ name, slides: slides.filter(({ classes }) => classes.includes(k)).length, auroc: of(`auroc/${k}`), averagePrecision: of(`averagePrecision/${k}`), ...smallerSide(patients, [labels[k]!]) })),
  };
}
