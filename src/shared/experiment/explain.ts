import { closest } from 'fastest-levenshtein';
import type { z } from 'zod';
import type { ExperimentFix } from '../diagnostics.js';
import { mendChoice, mendMissing, mendType, mendUnknownKey, useDefault } from './mend.js';
import { nearest } from './nearest.js';
import type { Finding } from './finding.js';
import { isRetired } from './retired.js';
import { fieldAt, homesOf, knownKeys, pathText, valueAt, type Path } from './schema-tree.js';

type Issue = z.core.$ZodIssue;

/** Says in human words what the schema has against `data`: what was expected, what was found, what to do. */
export function explain(issue: Issue, data: unknown): Finding[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, data));
  const path = issue.path;
  const value = valueAt(data, path);
  const name = path.length === 0 ? 'The experiment' : `"${pathText(path)}"`;
  const field = fieldAt(data, path);
  const { unit, description } = field ?? {};
  const finding = (code: string, message: string, remedy: string, fixes: readonly ExperimentFix[] = useDefault(path, field)): Finding[] => [{ severity: 'error', code, path, message, remedy, fixes }];

  if (value === undefined && path.length > 0) {
    const choices = allowedBy(issue);
    return finding('missing-key', `${name} is missing${choices.length > 0 ? `; choose ${list(choices)}` : ''}.`, description ?? 'Add it.', mendMissing(path, field, choices));
  }
  const choices = allowedBy(issue);
  if (choices.length > 0) {
    const near = typeof value === 'string' ? nearest(value, choices.filter((choice) => typeof choice === 'string')) : undefined;
    return finding('not-a-choice', `${name} must be ${list(choices)}; found ${describe(value)}.`, near === undefined ? description ?? 'Choose one of them.' : `Did you mean "${near}"?`, mendChoice(path, value, choices));
  }
  switch (issue.code) {
    case 'invalid_type':
      return finding('wrong-type', `${name} must be ${typeNames[issue.expected] ?? issue.expected}${unit && typeof value !== 'object' ? ` (${unit})` : ''}; found ${describe(value)}.`, typeRemedy(issue.expected, value, description), [...mendType(path, issue.expected, value), ...useDefault(path, field)]);
    case 'too_small':
    case 'too_big': {
      const limit = Number(issue.code === 'too_small' ? issue.minimum : issue.maximum);
      if (issue.origin === 'array') return finding('wrong-type', `${name} must be a list of ${limit} ${limit === 1 ? 'value' : 'values'}; found ${(value as unknown[]).length}.`, description ?? '');
      if (issue.origin === 'string') return finding('out-of-range', limit === 1 ? `${name} is empty.` : `${name} is longer than ${limit} characters.`, description ?? '');
      const bound = issue.code === 'too_small' ? (issue.inclusive ? 'at least' : 'more than') : issue.inclusive ? 'at most' : 'less than';
      return finding('out-of-range', `${name} must be ${bound} ${limit}${unit ? ` ${unit}` : ''}; found ${String(value)}.`, description ?? '');
    }
    default:
      return finding('invalid-value', `${name}: ${issue.message}; found ${describe(value)}.`, description ?? '');
  }
}

function unknownKey(path: Path, key: string, data: unknown): Finding {
  const block = path.length === 0 ? 'an experiment' : `"${pathText(path)}"`;
  if (isRetired(path, key)) return { severity: 'error', code: 'unknown-key', path: [...path, key], message: `"${key}" is no longer a key of ${block}: over ten seeds it did not help, and was dropped.`, remedy: 'Take it out. docs/beyond-the-paper.md has the evidence.', fixes: [{ kind: 'remove', title: `Remove "${key}"`, path: [...path, key] }] };
  const known = knownKeys(data, path).filter((name) => name !== '$schema');
  return { severity: 'error', code: 'unknown-key', path: [...path, key], message: `"${key}" is not a key of ${block}.`, remedy: unknownKeyRemedy(path, key, known), fixes: mendUnknownKey(path, key, data) };
}

function unknownKeyRemedy(path: Path, key: string, known: readonly string[]): string {
  const homes = homesOf(key).map(pathText);
  if (homes.includes(pathText(path))) return `It belongs to another kind of "${pathText(path)}".`;
  if (homes.length > 0) return `It belongs ${homes.map((home) => (home === '' ? 'at the top' : `in "${home}"`)).join(' or ')}.`;
  const near = nearest(key, known);
  if (near !== undefined) return `Did you mean "${near}"?`;
  const first = closest(key, known);
  return `The nearest known key is "${first}"; the others are ${known.filter((name) => name !== first).join(', ')}.`;
}

/** The values an issue allows, where it allows only some. */
function allowedBy(issue: Issue): readonly unknown[] {
  if (issue.code === 'invalid_value') return issue.values;
  if (issue.code !== 'invalid_union') return [];
  // A choice between blocks lists its kinds; a choice between constants nests one issue a constant.
  const kinds = (issue as { readonly options?: readonly unknown[] }).options;
  return kinds ?? issue.errors.flat().flatMap(allowedBy);
}

const typeNames: Record<string, string> = { number: 'a number', int: 'a whole number', string: 'text', boolean: 'true or false', object: 'a block of keys', array: 'a list', tuple: 'a list' };

function typeRemedy(expected: string, value: unknown, description: string | undefined): string {
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return `Put it in quotes: "${value}".`;
  if (expected === 'number' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return `Leave out the quotes: ${Number(value)}.`;
  return description ?? '';
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a block of keys';
  return typeof value === 'string' ? `the text "${value}"` : `${value}`;
}

function list(choices: readonly unknown[]): string {
  return choices.map((choice) => (typeof choice === 'string' ? `"${choice}"` : String(choice))).join(' or ');
}
