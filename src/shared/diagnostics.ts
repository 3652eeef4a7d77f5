import type { Place } from './errors.js';

/** One finding of `mil check`, also shown in the editor. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Stable, kebab-case, e.g. `patient-in-two-splits`. */
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly place: Place;
}
