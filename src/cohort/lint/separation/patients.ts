import type { CohortSlide } from '../../contract.js';

/** Slides of one patient and one class: what counts as one where chance is reckoned with, for they are seldom independent. */
export interface PatientGroup {
  readonly positive: boolean;
  /** Indices of the slides. */
  readonly slides: readonly number[];
}

/** @param isPositive whether a slide is of the class in question. */
export function patientGroups(slides: readonly CohortSlide[], isPositive: (slide: CohortSlide) => boolean): PatientGroup[] {
  const groups = new Map<string, { positive: boolean; slides: number[] }>();
  slides.forEach((slide, i) => {
    const positive = isPositive(slide);
    const key = `${positive ? '+' : '-'}${slide.patient}`;
    const group = groups.get(key);
    if (group) group.slides.push(i);
    else groups.set(key, { positive, slides: [i] });
  });
  return [...groups.values()];
}

/** What most slides of a group have; of equals the first. */
export function usual<T>(group: PatientGroup, values: readonly T[]): T {
  if (group.slides.length === 1) return values[group.slides[0]];
  const votes = new Map<T, number>();
  for (const i of group.slides) votes.set(values[i], (votes.get(values[i]) ?? 0) + 1);
  return [...votes].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
