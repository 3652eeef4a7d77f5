import type { Random } from '../../shared/random.js';

/** A slide to draw. */
export interface PlannedSlide {
  readonly id: string;
  readonly label: 0 | 1;
  readonly patient: string;
}

/** The fewest slides that give training, validation and test a patient of each class. */
export const fewestSlides = 6;

/**
 * Half of the slides are positive; where a class has four or more, one patient in four or so gave two slides.
 * Ids and patients say nothing of the label.
 */
export function planCohort(count: number, random: Random): PlannedSlide[] {
  const positives = Math.floor(count / 2);
  const patientsOf = (label: 0 | 1, slides: number): { label: 0 | 1; slides: number }[] => {
    const doubles = Math.floor(slides / 4);
    return Array.from({ length: slides - doubles }, (_, i) => ({ label, slides: i < doubles ? 2 : 1 }));
  };
  const patients = random.shuffle([...patientsOf(0, count - positives), ...patientsOf(1, positives)]);
  const numbered = (letter: string, i: number): string => `${letter}${String(i + 1).padStart(2, '0')}`;
  return patients.flatMap(({ label, slides }, i) => Array.from({ length: slides }, () => ({ label, patient: numbered('P', i) }))).map((slide, i) => ({ id: numbered('S', i), ...slide }));
}
