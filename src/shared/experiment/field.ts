import type { z } from 'zod';

/** What a field means to a person, beyond its type: shown in hovers, the JSON Schema and docs. */
export interface FieldMeta {
  readonly description: string;
  /** e.g. `level-0 px`, `µm/px`, `epochs`. */
  readonly unit?: string;
  /** Where the default comes from: an equation, a section, or the reference code. */
  readonly source?: string;
  /** The formula the field takes part in, as plain text. */
  readonly equation?: string;
  /** The paper's value, where the default is not it. */
  readonly paper?: unknown;
  /** The reference code's value, where the default is not it. */
  readonly reference?: unknown;
}

/** Attaches meaning and default to a schema; the default is written out in `experiment.json`. */
export function field<T extends z.ZodType>(schema: T, fallback: z.input<T>, meta: FieldMeta): z.ZodDefault<T> {
  return schema.default(fallback as never).meta({ ...meta }) as z.ZodDefault<T>;
}

/** A field without default: the user must give it. */
export function required<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  return schema.meta({ ...meta }) as T;
}
