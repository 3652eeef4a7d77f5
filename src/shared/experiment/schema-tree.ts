import type { z } from 'zod';
import type { FieldMeta } from './field.js';
import { experimentSchema } from './index.js';

/** A value of the experiment file, addressed from its root. */
export type Path = readonly PropertyKey[];

/** `mining.positiveRatio.to`, `cohort.classes[0]`; empty for the root. */
export function pathText(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('');
}

/** The value at `path` in plain data; undefined where the path leaves it. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], data);
}

/** The keys the block at `path` may have; a block with a `kind` or `format` has those of its kind. */
export function knownKeys(data: unknown, path: Path): string[] {
  const schema = schemaAt(data, path);
  return schema ? blocksOf(schema, valueAt(data, path)).flatMap((block) => Object.keys(block)) : [];
}

/** What the field at `path` means, where the schema says it. */
export function metaAt(data: unknown, path: Path): Partial<FieldMeta> {
  for (let schema = schemaAt(data, path); schema; schema = innerOf(schema)) {
    const meta = schema.meta() as Partial<FieldMeta> | undefined;
    if (meta) return meta;
  }
  return {};
}

/** The blocks in which `key` is at home, e.g. `loss` for `topK`; empty text for the root. */
export function homesOf(key: string): string[] {
  const homes: string[] = [];
  const visit = (schema: Schema, path: Path): void => {
    for (const block of blocksOf(schema, undefined)) {
      if (key in block) homes.push(pathText(path));
      for (const [name, inner] of Object.entries(block)) visit(inner, [...path, name]);
    }
  };
  visit(experimentSchema, []);
  return [...new Set(homes)];
}

type Schema = z.ZodType;
type Definition = {
  readonly innerType?: Schema;
  readonly shape?: Record<string, Schema>;
  readonly discriminator?: string;
  readonly options?: readonly Schema[];
  readonly items?: readonly Schema[];
  readonly element?: Schema;
};
const definitionOf = (schema: Schema): Definition => schema._zod.def as Definition;
const innerOf = (schema: Schema): Schema | undefined => definitionOf(schema).innerType;

/** The schema inside defaults and optionals. */
function bare(schema: Schema): Schema {
  const inner = innerOf(schema);
  return inner ? bare(inner) : schema;
}

function schemaAt(data: unknown, path: Path): Schema | undefined {
  let schema: Schema | undefined = experimentSchema;
  path.forEach((key, depth) => {
    if (!schema) return;
    const { items, element } = definitionOf(bare(schema));
    if (typeof key === 'number') schema = items?.[key] ?? element;
    else schema = blocksOf(schema, valueAt(data, path.slice(0, depth))).find((block) => key in block)?.[key as string];
  });
  return schema;
}

/** The shapes `schema` may have: one for a block, and of a choice of blocks the one `value` names, else all. */
function blocksOf(schema: Schema, value: unknown): Record<string, Schema>[] {
  const { shape, discriminator, options } = definitionOf(bare(schema));
  if (shape) return [shape];
  if (!options || !discriminator) return [];
  const shapes = options.flatMap((option) => blocksOf(option, undefined));
  const named = shapes.filter((block) => block[discriminator]?.safeParse(valueAt(value, [discriminator])).success);
  return named.length > 0 ? named : shapes;
}
