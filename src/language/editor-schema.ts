import { choicesOf, experimentField, fieldsOf, kindsOf, type FieldSchema } from '../shared/experiment/schema-tree.js';
import { meaningOf } from './meaning.js';

/**
 * The JSON Schema that editors complete and explain experiment files by. It judges nothing: every
 * mistake is found by `mil check`'s own rules, in better words and with fixes, and would otherwise
 * be shown twice. `experimentJsonSchema` is the strict one, for everybody else.
 */
export function editorSchema(): object {
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...describe(experimentField()), title: 'Hardmine experiment', markdownDescription: 'An experiment of Hardmine.', defaultSnippets: [{ label: 'experiment', description: 'A new experiment', body: { name: '${1:experiment}', cohort: { table: '${2:cohort.csv}' } } }] };
}

function describe(field: FieldSchema): object {
  const markdownDescription = meaningOf(field);
  const choices = choicesOf(field);
  return {
    ...(markdownDescription === '' ? {} : { markdownDescription }),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(choices.length > 0 ? { examples: choices } : {}),
    ...blockOf(field),
    ...snippetsOf(field),
    ...(Array.isArray(field.items) ? { items: field.items.map(describe) } : {}),
  };
}

function blockOf(field: FieldSchema): object {
  const described = (fields: Readonly<Record<string, FieldSchema>>): object => Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, describe(inner)]));
  if (field.properties) return { properties: described(field.properties) };
  const choice = kindsOf(field);
  if (!choice) return {};
  const { key, kinds } = choice;
  return {
    properties: { [key]: { examples: [...kinds.keys()] } },
    allOf: [...kinds].map(([kind, block]) => ({ if: { properties: { [key]: { const: kind } }, required: [key] }, then: { properties: described(without(fieldsOf(block, undefined), key)) } })),
  };
}

function without(fields: Readonly<Record<string, FieldSchema>>, key: string): Readonly<Record<string, FieldSchema>> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}

/** What is typed for a person: each kind of a block with the keys it must have, and places to fill in. */
function snippetsOf(field: FieldSchema): object {
  const choice = kindsOf(field);
  if (choice) return { defaultSnippets: [...choice.kinds].map(([kind, block]) => ({ label: kind, body: { [choice.key]: kind, ...placeholders(block, choice.key) } })) };
  if (field.required && Object.keys(placeholders(field)).length > 0) return { defaultSnippets: [{ body: placeholders(field) }] };
  return field.type === 'string' && field.default === undefined ? { defaultSnippets: [{ body: '$1' }] } : {};
}

function placeholders({ required = [], properties = {} }: FieldSchema, except?: string): Record<string, unknown> {
  const needed = required.filter((key) => key !== except && properties[key]?.default === undefined);
  return Object.fromEntries(needed.map((key, i) => [key, properties[key]?.type === 'array' ? [`$${i + 1}`] : `$${i + 1}`]));
}
