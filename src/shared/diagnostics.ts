import type { Place } from './errors.js';

/** One finding of `mil check`, also shown in the editor. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Stable, kebab-case, e.g. `patient-in-two-splits`. */
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
  readonly place: Place;
  /** Changes that would mend it, the likeliest first. */
  readonly fixes?: readonly Fix[];
}

/** A change an editor can make to mend a finding; `title` says it in the words of a person. */
export type Fix = ExperimentFix | TableFix;

/** A change of the experiment file, addressed by the path of the value. */
export type ExperimentFix =
  | { readonly kind: 'set'; readonly title: string; readonly path: readonly PropertyKey[]; readonly value: unknown }
  /** Appends to the list at `path`, which is made where there is none. */
  | { readonly kind: 'add'; readonly title: string; readonly path: readonly PropertyKey[]; readonly value: unknown }
  | { readonly kind: 'rename'; readonly title: string; readonly path: readonly PropertyKey[]; readonly key: string }
  | { readonly kind: 'move'; readonly title: string; readonly path: readonly PropertyKey[]; readonly to: readonly PropertyKey[] }
  | { readonly kind: 'remove'; readonly title: string; readonly path: readonly PropertyKey[] };

/** A change of a CSV table. Lines are 1-based. */
export type TableFix =
  /** Cells that hold `was` become `value`; `cell` counts columns from 0. */
  | { readonly kind: 'cells'; readonly title: string; readonly file: string; readonly cells: readonly { readonly line: number; readonly cell: number; readonly was: string; readonly value: string }[] }
  /** A new last column; lines without a value of their own get an empty cell. */
  | { readonly kind: 'column'; readonly title: string; readonly file: string; readonly name: string; readonly values: readonly { readonly line: number; readonly value: string }[] };
