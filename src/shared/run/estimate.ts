import { z } from 'zod';

/** A number with its interval; null where it is not defined (one class only) or not asked for. */
export const estimateSchema = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() });
export type Estimate = z.output<typeof estimateSchema>;
