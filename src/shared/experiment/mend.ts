import type { ExperimentFix } from '../diagnostics.js';
import { nearest } from './nearest.js';
import { choicesOf, fieldAt, homesOf, knownKeys, pathText, valueAt, type FieldSchema, type Path } from './schema-tree.js';

/** Sets a value, with a title that shows it. */
export function set(path: Path, value: unknown, title = `Set "${pathText(path)}" to ${JSON.stringify(value)}`): ExperimentFix {
  return { kind: 'set', title, path, value };
}

/** What may become of a key its block does not know: its likely spelling, its home, or nothing. */
export function mendUnknownKey(path: Path, key: string, data: unknown): ExperimentFix[] {
  const at = [...path, key];
  const here = valueAt(data, path) as Record<string, unknown>;
  const homes = homesOf(key).filter((home) => pathText(home) !== pathText(path) && valueAt(data, [...home, key]) === undefined && fieldAt(data, [...home, key]) !== undefined);
  const near = nearest(key, knownKeys(data, path).filter((name) => name !== '$schema' && !Object.hasOwn(here, name)));
  return [
    ...homes.map((home): ExperimentFix => ({ kind: 'move', title: `Move "${key}" ${home.length === 0 ? 'to the top' : `into "${pathText(home)}"`}`, path: at, to: [...home, key] })),
    ...(near === undefined ? [] : [{ kind: 'rename', title: `Rename to "${near}"`, path: at, key: near } as const]),
    { kind: 'remove', title: `Remove "${key}"`, path: at },
  ];
}

/** Each value a field may hold, the one a person probably meant first. */
export function mendChoice(path: Path, value: unknown, choices: readonly unknown[]): ExperimentFix[] {
  const near = typeof value === 'string' ? nearest(value, choices.filter((choice) => typeof choice === 'string')) : undefined;
  return [...choices].sort((a, b) => Number(b === near) - Number(a === near)).map((choice) => set(path, choice, `Replace with ${JSON.stringify(choice)}`));
}

/** Quotes where there should be some, or none. */
export function mendType(path: Path, expected: string, value: unknown): ExperimentFix[] {
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return [set(path, String(value), `Put it in quotes: "${value}"`)];
  if ((expected === 'number' || expected === 'int') && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return [set(path, Number(value), `Leave out the quotes: ${Number(value)}`)];
  return [];
}

/** What stands for a missing value: each choice, or a placeholder of its type to fill in. */
export function mendMissing(path: Path, field: FieldSchema | undefined, choices: readonly unknown[]): ExperimentFix[] {
  const offered = choices.length > 0 ? choices : field ? choicesOf(field) : [];
  if (offered.length > 0) return offered.map((choice) => set(path, choice, `Add "${String(path.at(-1))}": ${JSON.stringify(choice)}`));
  const placeholder = placeholders[pathText(path)] ?? (field?.type === 'string' ? '' : undefined);
  return placeholder === undefined ? [] : [set(path, placeholder, `Add "${String(path.at(-1))}"`)];
}

/** Back to what every experiment starts with. */
export function useDefault(path: Path, field: FieldSchema | undefined): ExperimentFix[] {
  const value = field?.default;
  return value === undefined || typeof value === 'object' ? [] : [set(path, value, `Use the default: ${JSON.stringify(value)}`)];
}

const placeholders: Readonly<Record<string, unknown>> = { name: 'experiment', cohort: { table: 'cohort.csv' }, 'cohort.table': 'cohort.csv' };
