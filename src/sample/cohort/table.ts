import type { PlannedSlide } from './plan.js';

/** Label values of negative and positive slides in the table. */
export const labelNames = ['normal', 'tumor'] as const;

/** Path of a slide, relative to the cohort folder. */
export function slidePath(id: string): string {
  return `slides/${id}.tiff`;
}

/** `cohort.csv`. */
export function cohortTable(slides: readonly PlannedSlide[]): string {
  const rows = slides.map(({ id, label, patient }) => [id, slidePath(id), labelNames[label], patient]);
  return [['slide_id', 'path', 'label', 'patient_id'], ...rows].map((row) => `${row.join(',')}\n`).join('');
}
