import { choicesOf, fieldsOf, kindsOf, type FieldSchema } from '../shared/experiment/schema-tree.js';

/** What a field means, in Markdown: description, default with unit, range or choices, source, equation. */
export function meaningOf(field: FieldSchema): string {
  const facts = [defaultText(field), rangeText(field), field.source === undefined ? '' : `*${field.source}*`].filter(Boolean);
  const equation = field.equation === undefined ? '' : `\`${field.equation}\``;
  return [field.description ?? '', facts.join(' · '), equation].filter(Boolean).join('\n\n');
}

/** What is to be said of the value written: where the paper, the reference code or another source has another. Markdown with icons. */
export function badgesOf(field: FieldSchema, value: unknown): string[] {
  const { source = '', paper, reference } = field;
  const origins: [whose: string, theirs: unknown][] = [
    ['the paper', paper ?? (source.startsWith('paper') ? field.default : undefined)],
    ['the reference code', reference ?? (source.startsWith('reference code') ? field.default : undefined)],
    ['SimCLR', source === 'SimCLR' ? field.default : undefined],
    ['the DSMIL reference', source === 'DSMIL reference' ? field.default : undefined],
  ];
  return origins.flatMap(([whose, theirs]) => (theirs === undefined || value === undefined || JSON.stringify(theirs) === JSON.stringify(value) ? [] : [`$(beaker) Differs from ${whose}: \`${JSON.stringify(theirs)}\` there, \`${JSON.stringify(value)}\` here.`]));
}

/** `0.3`, `"otsu"`, `resnet`: a default as lists show it; empty where there is none to show. */
export function shortDefault({ default: value, unit }: FieldSchema): string {
  return value === undefined || (typeof value === 'object' && !Array.isArray(value)) ? '' : `${JSON.stringify(value)}${unit === undefined ? '' : ` ${unit}`}`;
}

function defaultText(field: FieldSchema): string {
  const shown = shortDefault(field);
  if (shown !== '') return `Default \`${JSON.stringify(field.default)}\`${field.unit === undefined ? '' : ` ${field.unit}`}`;
  return field.unit === undefined ? '' : `In ${field.unit}`;
}

/** JSON Schema bounds whole numbers by what a float64 counts exactly; that bound says nothing to people. */
const boundless = Number.MAX_SAFE_INTEGER;

function rangeText(field: FieldSchema): string {
  const choices = choicesOf(field);
  if (choices.length > 0) return choices.map((choice) => `\`${JSON.stringify(choice)}\``).join(' or ');
  const kinds = kindsOf(field);
  if (kinds) return `${kinds.key}: ${[...kinds.kinds.keys()].map((kind) => `\`"${kind}"\``).join(' or ')}`;
  if (field.properties) return `keys: ${Object.keys(fieldsOf(field, undefined)).map((key) => `\`${key}\``).join(', ')}`;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = field;
  const bounds = [
    minimum !== undefined && minimum > -boundless ? `at least ${minimum}` : '',
    exclusiveMinimum !== undefined ? `above ${exclusiveMinimum}` : '',
    maximum !== undefined && maximum < boundless ? `at most ${maximum}` : '',
    exclusiveMaximum !== undefined ? `below ${exclusiveMaximum}` : '',
  ].filter(Boolean);
  return bounds.join(', ');
}
