import type { Estimate, InstanceMetrics } from '../../shared/run/metrics.js';
import { bootstrapIntervals, type BootstrapOptions } from './bootstrap.js';
import { operatingPoints } from './operating-points.js';
import { auroc, averagePrecision } from './ranking.js';

/** The scored patches of one slide. */
export interface ScoredSlide {
  readonly patient: string;
  readonly label: 0 | 1;
  /** [N] */
  readonly scores: Float32Array;
  /** [N]: 1, 0, or −1 where unknown; undefined where the slide has no truth at all. */
  readonly truth: Int8Array | undefined;
}

/** Patches × resamples up to which intervals are computed: about two seconds. */
const affordable = 2e7;

/**
 * Instance metrics of a split against instance truth, over the patches whose truth is known.
 * Intervals by bootstrap over patients where patches × resamples is affordable, else null.
 *
 * @param threshold `mining.threshold`: a patch scored above it counts as called positive.
 */
export function instanceMetrics(slides: readonly ScoredSlide[], threshold: number, bootstrap: BootstrapOptions): InstanceMetrics {
  const known = slides.map(withKnownTruth);
  const patches = known.reduce((sum, { truth }) => sum + truth.length, 0);
  const positives = known.reduce((sum, { truth }) => sum + truth.reduce((count, value) => count + value, 0), 0);
  const cheap = patches * bootstrap.resamples <= affordable;
  const { estimates } = bootstrapIntervals<'auroc' | 'averagePrecision'>(
    slides.map((slide) => slide.patient),
    (indices) => {
      const chosen = Array.from(indices, (index) => known[index]);
      const points = operatingPoints(joined(Int8Array, chosen.map(({ truth }) => truth)), joined(Float32Array, chosen.map(({ scores }) => scores)));
      return { auroc: points ? auroc(points) : null, averagePrecision: points ? averagePrecision(points) : null };
    },
    cheap ? bootstrap : { ...bootstrap, resamples: 0 },
  );
  const patients = new Set(slides.filter((_, i) => known[i]!.truth.length > 0).map(({ patient }) => patient)).size;
  return { patients, patches, positives, ...(estimates as Record<'auroc' | 'averagePrecision', Estimate>), negativeSlidePositiveShare: falseAlarmShare(slides, threshold) };
}

function withKnownTruth({ scores, truth }: ScoredSlide): { scores: Float32Array; truth: Int8Array } {
  if (!truth) return { scores: new Float32Array(0), truth: new Int8Array(0) };
  return { scores: scores.filter((_, i) => truth[i] >= 0), truth: truth.filter((value) => value >= 0) };
}

/** Share of the patches of negative slides scored above the threshold; null where there is no negative slide. */
function falseAlarmShare(slides: readonly ScoredSlide[], threshold: number): number | null {
  let called = 0;
  let patches = 0;
  for (const { label, scores } of slides) {
    if (label === 1) continue;
    patches += scores.length;
    for (const score of scores) called += score > threshold ? 1 : 0;
  }
  return patches === 0 ? null : called / patches;
}

function joined<T extends Int8Array | Float32Array>(type: new (length: number) => T, parts: readonly T[]): T {
  const whole = new type(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
