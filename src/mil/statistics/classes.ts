import type { ClassStatistics } from '../../shared/run/statistics.js';
import type { ClassedSlide } from '../metrics/class-values.js';
import type { PredictedSlide } from '../metrics/slides.js';
import type { Predicted } from './at-specificity.js';
import { reliability } from './reliability.js';
import { slideStatistics } from './slides.js';

/**
 * All that is told of the predictions of a split of several classes beside its metrics: each class against the rest.
 * @param validation what chose the thresholds of the operating points; may be `slides` itself.
 * @param names of the C classes.
 * @param level of the intervals, e.g. 0.95.
 */
export function classStatistics(slides: readonly ClassedSlide[], validation: readonly ClassedSlide[], names: readonly string[], level: number): ClassStatistics {
  const classes = names.map((name, k) => ({ name, ...slideStatistics(againstRest(slides, k), againstRest(validation, k), level) }));
  const over = (bins: 'equalMass' | 'equalWidth'): number | null => (slides.length === 0 ? null : classes.reduce((sum, { calibration }) => sum + calibration.ece[bins]!, 0) / classes.length);
  return { classes, topClass: reliability(topClass(slides), level), classwise: { equalMass: over('equalMass'), equalWidth: over('equalWidth') } };
}

/** A class as if it were the only one: a slide is positive where it has it. */
export function againstRest(slides: readonly ClassedSlide[], k: number): PredictedSlide[] {
  return slides.map(({ patient, classes, probabilities }) => ({ patient, label: classes.includes(k) ? 1 : 0, probability: probabilities[k]! }));
}

/** The likeliest class of each slide, among equals the first, and whether the slide has it (Guo 2017, section 2). */
function topClass(slides: readonly ClassedSlide[]): Predicted {
  const tops = slides.map(({ probabilities }) => probabilities.indexOf(Math.max(...probabilities)));
  return { labels: slides.map(({ classes }, i) => Number(classes.includes(tops[i]!))), probabilities: slides.map(({ probabilities }, i) => probabilities[tops[i]!]!) };
}
