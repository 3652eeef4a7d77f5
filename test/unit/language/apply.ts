import type { TextEdit } from '../../../src/shared/rpc/experiments.js';

/** A text after its edits, as an editor makes them. */
export function apply(text: string, edits: readonly TextEdit[]): string {
  return [...edits].sort((a, b) => b.start - a.start).reduce((rest, { start, end, text: put }) => rest.slice(0, start) + put + rest.slice(end), text);
}
