import { fieldAt, pathText, valueAt } from '../shared/experiment/schema-tree.js';
import { ExperimentSource } from '../shared/experiment/source.js';
import type { Explanation } from '../shared/rpc/experiments.js';
import { badgesOf, meaningOf } from './meaning.js';

/** What the key or value at a character means; undefined where there is none, or none that is known. */
export function explainAt(text: string, file: string, offset: number): Explanation | undefined {
  const source = new ExperimentSource(text, file);
  const at = source.at(offset);
  if (!at) return undefined;
  const data = source.data();
  const field = fieldAt(data, at.path);
  // An item of a list means what its list means.
  const path = field?.description === undefined && typeof at.path.at(-1) === 'number' ? at.path.slice(0, -1) : at.path;
  const meant = fieldAt(data, path);
  if (!meant || (meant.description === undefined && meant.default === undefined && !meant.const)) return undefined;
  return { ...at.span, meaning: `**${pathText(path)}**\n\n${meaningOf(meant)}`, badges: badgesOf(meant, valueAt(data, path)) };
}
