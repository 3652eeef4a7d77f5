import type { z } from 'zod';
import { experimentSchema, type Experiment } from './index.js';
import { valueAt, type Path } from './schema-tree.js';

/** Leaving out one mistake can bring the next to light, e.g. in a block whose kind was unknown. */
const attempts = 4;

/**
 * The experiment without its wrong values, defaults in their place: good enough to look at the cohort by, so
 * that all mistakes show at once. Undefined where it is the cohort, the split or the kind of encoder that is
 * wrong: what was found by a guess at those would only mislead.
 */
export function tentativeExperiment(data: unknown): Experiment | undefined {
  const draft: unknown = structuredClone(data);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const parsed = experimentSchema.safeParse(draft);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) if (decides(issue) || !leaveOut(draft, issue)) return undefined;
  }
  return undefined;
}

function decides({ path }: z.core.$ZodIssue): boolean {
  return path.length === 0 ? false : path[0] === 'cohort' || path[0] === 'split' || (path[0] === 'encoder' && (path.length === 1 || path[1] === 'kind'));
}

/** @returns whether there was anything to leave out. */
function leaveOut(draft: unknown, issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'unrecognized_keys') return issue.keys.every((key) => remove(draft, [...issue.path, key]));
  // A list without one of its items is another list: it goes as a whole.
  const path = typeof issue.path.at(-1) === 'number' ? issue.path.slice(0, -1) : issue.path;
  if (path.length === 1 && path[0] === 'name' && typeof draft === 'object' && draft !== null) return Boolean(Object.assign(draft, { name: 'experiment' }));
  return remove(draft, path);
}

function remove(draft: unknown, path: Path): boolean {
  const block = valueAt(draft, path.slice(0, -1));
  const key = path.at(-1);
  return typeof block === 'object' && block !== null && key !== undefined && Object.hasOwn(block, key) && Reflect.deleteProperty(block, key);
}
