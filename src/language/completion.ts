import { choicesOf, fieldAt, fieldsOf, kindsOf, valueAt, type FieldSchema } from '../shared/experiment/schema-tree.js';
import { ExperimentSource, isYaml } from '../shared/experiment/source.js';
import type { Suggestion } from '../shared/rpc/experiments.js';
import { cursorAt, type Cursor } from './cursor.js';
import { meaningOf, shortDefault } from './meaning.js';

/** What could stand at a character, by the schema alone. Made for YAML: the JSON service of editors does the same from the JSON Schema. */
export function completeAt(text: string, file: string, offset: number): Suggestion[] {
  const cursor = cursorAt(text, file, offset);
  if (!cursor || !isYaml(file)) return [];
  const data = dataAround(text, file, cursor);
  const field = fieldAt(data, cursor.path);
  if (!field) return [];
  return cursor.part === 'key' ? keysOf(field, valueAt(data, cursor.path), cursor) : valuesOf(field, cursor);
}

/** The data without the line that is being typed, which alone may keep the rest from being read. */
function dataAround(text: string, file: string, { span: { start, end } }: Cursor): unknown {
  return new ExperimentSource(text.slice(0, text.lastIndexOf('\n', start - 1) + 1) + text.slice(text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end) + 1), file).data();
}

function keysOf(field: FieldSchema, block: unknown, { span, indent }: Cursor): Suggestion[] {
  const there = typeof block === 'object' && block !== null ? block : {};
  return Object.entries(fieldsOf(field, block))
    .filter(([key]) => key !== '$schema' && !Object.hasOwn(there, key))
    .map(([key, inner]) => ({ label: key, kind: 'key', detail: shortDefault(inner), documentation: meaningOf(inner), insert: `${key}:${valueSnippet(inner, indent)}`, ...span }));
}

function valuesOf(field: FieldSchema, { span }: Cursor): Suggestion[] {
  const choices = kindsOf(field) ? [] : choicesOf(field);
  const offered = choices.length > 0 ? choices : field.default === undefined || typeof field.default === 'object' ? [] : [field.default];
  return offered.map((value) => ({ label: String(value), kind: 'value', detail: value === field.default ? 'default' : '', documentation: meaningOf(field), insert: String(value), ...span }));
}

function valueSnippet(field: FieldSchema, indent: string): string {
  const choices = choicesOf(field);
  const kinds = kindsOf(field);
  if (kinds) return `\n${indent}  ${kinds.key}: \${1|${[...kinds.kinds.keys()].join(',')}|}$0`;
  if (field.properties) return `\n${indent}  $0`;
  if (choices.length > 1) return ` \${1|${[...choices].sort((a, b) => Number(b === field.default) - Number(a === field.default)).join(',')}|}`;
  if (Array.isArray(field.default)) return ` [${field.default.map((item, i) => `\${${i + 1}:${JSON.stringify(item)}}`).join(', ')}]`;
  return field.default === undefined || field.default === '' ? ' $1' : ` \${1:${String(field.default)}}`;
}
